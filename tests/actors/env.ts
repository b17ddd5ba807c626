import type { D1Migration } from 'cloudflare:test'
import { env as bound } from 'cloudflare:workers'
import type { Env } from '../../worker/env.ts'

type Main = typeof import('../../worker/index.ts')

/** The actors' namespaces by their classes, so that tests can look inside, evict and abort. */
interface TestEnv
  extends Omit<
    Env,
    'THREAD' | 'CONVERSATION' | 'QUEUE' | 'AGENT' | 'BOOK' | 'ACCESS' | 'LIMITER' | 'REGISTER' | 'FLOOR'
  > {
  THREAD: DurableObjectNamespace<InstanceType<Main['Thread']>>
  CONVERSATION: DurableObjectNamespace<InstanceType<Main['Conversation']>>
  QUEUE: DurableObjectNamespace<InstanceType<Main['Queue']>>
  AGENT: DurableObjectNamespace<InstanceType<Main['Agent']>>
  BOOK: DurableObjectNamespace<InstanceType<Main['Book']>>
  ACCESS: DurableObjectNamespace<InstanceType<Main['Access']>>
  LIMITER: DurableObjectNamespace<InstanceType<Main['Limiter']>>
  REGISTER: DurableObjectNamespace<InstanceType<Main['Register']>>
  FLOOR: DurableObjectNamespace<InstanceType<Main['Floor']>>
  TEST_MIGRATIONS: D1Migration[]
  TEST_SEARCH_MIGRATIONS: D1Migration[]
}

/** The bindings of the worker under test. `exports.default.fetch()` of cloudflare:workers is its front door. */
export const env = bound as TestEnv

declare global {
  namespace Cloudflare {
    interface GlobalProps {
      mainModule: Main
    }
  }
}
