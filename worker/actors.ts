/** The edge's only maker of stubs: from an actor's name, as `address()` makes it, to the actor. */
import { floorOf } from '../core/floor/watched.ts'
import {
  type ActorKind,
  type ActorName,
  address,
  type ConversationId,
  type OrgId,
  parseAddress,
  type QueueId,
} from '../core/ids.ts'
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
import { shardName } from '../core/register/model.ts'
import type { Env, Stub } from './env.ts'

/** A stub of any actor. Make a new one for each try: one that threw is broken. */
export function actorStub(env: Env, name: ActorName): Stub<ActorRpc> {
  const namespaces = {
    thread: env.THREAD,
    conversation: env.CONVERSATION,
    queue: env.QUEUE,
    agent: env.AGENT,
    book: env.BOOK,
    access: env.ACCESS,
    limiter: env.LIMITER,
    register: env.REGISTER,
    floor: env.FLOOR,
  } satisfies Record<ActorKind, { getByName(name: string): Stub<ActorRpc> }>
  return namespaces[parseAddress(name).kind].getByName(name)
}

/** The organisation's Book, with its own questions. */
export function bookStub(env: Env, org: OrgId): Stub<BookRpc> {
  return env.BOOK.getByName(address(org, 'book', 'book'))
}

/** A Conversation, with its own questions. */
export function conversationStub(env: Env, org: OrgId, id: ConversationId): Stub<ConversationRpc> {
  return env.CONVERSATION.getByName(address(org, 'conversation', id))
}

/** A Queue, with its own questions. */
export function queueStub(env: Env, org: OrgId, id: QueueId): Stub<QueueRpc> {
  return env.QUEUE.getByName(address(org, 'queue', id))
}

/** A Thread, with its own questions. */
export function threadStub(env: Env, name: ActorName): Stub<ThreadRpc> {
  return env.THREAD.getByName(name)
}

/** The Access actor of a member of staff, with its own questions. */
export function accessStub(env: Env, name: ActorName): Stub<AccessRpc> {
  return env.ACCESS.getByName(name)
}

/** A Limiter, with its own questions. */
export function limiterStub(env: Env, name: ActorName): Stub<LimiterRpc> {
  return env.LIMITER.getByName(name)
}

/** A shard of the organisation's register. */
export function registerStub(env: Env, org: OrgId, shard: number): Stub<RegisterRpc> {
  return env.REGISTER.getByName(shardName(org, shard))
}

/** The organisation's Floor, with its own questions. */
export function floorStub(env: Env, org: OrgId): Stub<FloorRpc> {
  return env.FLOOR.getByName(floorOf(org))
}
