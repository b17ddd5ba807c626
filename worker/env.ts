/** What the platform binds to the edge; the actors' namespaces are typed by their RPC surfaces. */
import type {
  AccessRpc,
  ActorRpc,
  BookRpc,
  ConversationRpc,
  FloorRpc,
  LimiterRpc,
  QueueRpc,
  RegisterRpc,
  ThreadRpc,
} from '../core/protocol/actors.ts'

/** A stub as the edge uses it: an actor's questions and commands, and `fetch` for opening sockets. */
export type Stub<Rpc extends ActorRpc> = Rpc & { fetch(request: Request): Promise<Response> }

export interface ActorNamespace<Rpc extends ActorRpc> {
  getByName(name: string): Stub<Rpc>
}

export interface Env {
  readonly DB: D1Database
  readonly SEARCH: D1Database
  readonly PROJECTION: Queue
  readonly INDEXING: Queue
  /** Files and transcripts; see `worker/files/keys.ts`. */
  readonly FILES: R2Bucket
  readonly THREAD: ActorNamespace<ThreadRpc>
  readonly CONVERSATION: ActorNamespace<ConversationRpc>
  readonly QUEUE: ActorNamespace<QueueRpc>
  readonly AGENT: ActorNamespace<ActorRpc>
  readonly BOOK: ActorNamespace<BookRpc>
  readonly ACCESS: ActorNamespace<AccessRpc>
  readonly LIMITER: ActorNamespace<LimiterRpc>
  readonly REGISTER: ActorNamespace<RegisterRpc>
  readonly FLOOR: ActorNamespace<FloorRpc>
  /** The built client. */
  readonly ASSETS: { fetch(request: Request): Promise<Response> }
  /** What was deployed; a local start counts as one. */
  readonly VERSION: WorkerVersionMetadata
  readonly PARLEY_SECRET: string
  /** What seals secrets at rest, 32 bytes in base64url; the highest number is the newest. */
  readonly [vault: `PARLEY_VAULT_${number}`]: string | undefined
  /** Ports of this machine that may be asked though they are no public address. For tests: no deployment has it. */
  readonly PARLEY_LOOPBACK?: string
}
