// What `cloudflare:workers` gives the tests: the real bindings, and the worker as its own exports.
declare namespace Cloudflare {
  type Main = typeof import('../../worker/index.ts')
  type Bindings = import('../../worker/env.ts').Env

  interface GlobalProps {
    mainModule: Main
    durableNamespaces: 'Thread' | 'Conversation' | 'Queue' | 'Agent' | 'Book'
  }

  /** The actors' namespaces by their classes, so that tests can look inside, evict and abort. */
  interface Env extends Omit<Bindings, 'THREAD' | 'CONVERSATION' | 'QUEUE' | 'AGENT' | 'BOOK'> {
    THREAD: DurableObjectNamespace<InstanceType<Main['Thread']>>
    CONVERSATION: DurableObjectNamespace<InstanceType<Main['Conversation']>>
    QUEUE: DurableObjectNamespace<InstanceType<Main['Queue']>>
    AGENT: DurableObjectNamespace<InstanceType<Main['Agent']>>
    BOOK: DurableObjectNamespace<InstanceType<Main['Book']>>
    TEST_MIGRATIONS: Parameters<typeof import('cloudflare:test').applyD1Migrations>[1]
  }
}
