/** Branded identifiers, and the one function that turns (organisation, kind, id) into an actor's name. */

declare const brand: unique symbol
type Brand<Name extends string> = string & { readonly [brand]: Name }

export type OrgId = Brand<'OrgId'>
export type ConversationId = Brand<'ConversationId'>
export type QueueId = Brand<'QueueId'>
export type AgentId = Brand<'AgentId'>
export type StaffId = Brand<'StaffId'>
export type LimiterId = Brand<'LimiterId'>
export type ThreadId = Brand<'ThreadId'>
export type CustomerId = Brand<'CustomerId'>
export type PlanId = Brand<'PlanId'>
export type RegisterId = Brand<'RegisterId'>
export type CommandId = Brand<'CommandId'>
/** `<org>/<kind>/<id>`: what a Durable Object is looked up by. Holds no secret and no readable personal datum. */
export type ActorName = Brand<'ActorName'>

export const actorKinds = [
  'thread',
  'conversation',
  'queue',
  'agent',
  'book',
  'access',
  'limiter',
  'register',
  'floor',
] as const
export type ActorKind = (typeof actorKinds)[number]

interface IdOfKind {
  thread: ThreadId
  conversation: ConversationId
  queue: QueueId
  agent: AgentId
  book: 'book'
  access: StaffId
  limiter: LimiterId
  register: RegisterId
  floor: 'floor'
}

const part = /^[A-Za-z0-9_.:~-]{1,128}$/

/** Brands a string that a schema or a table already vouches for; throws on anything that could not be part of a name. */
export function asId<Id extends string>(text: string): Id {
  if (!part.test(text)) throw new TypeError(`not an identifier: ${JSON.stringify(text.slice(0, 40))}`)
  return text as Id
}

/** The name of an actor. A Thread's id is `<channel>:<sha-256 of the outside's id>`. */
export function address<K extends ActorKind>(org: OrgId, kind: K, id: IdOfKind[K]): ActorName {
  return `${org}/${kind}/${id}` as ActorName
}

/** Brands the name of an actor that a row or a packet carries; throws on one that {@link address} did not make. */
export function asActorName(text: string): ActorName {
  parseAddress(text)
  return text as ActorName
}

export interface Address {
  readonly org: OrgId
  readonly kind: ActorKind
  readonly id: string
}

/** Takes an actor's name apart; throws on a name that {@link address} did not make. */
export function parseAddress(name: string): Address {
  const [org, kind, id, ...rest] = name.split('/')
  if (org === undefined || id === undefined || rest.length > 0) throw new TypeError(`not an actor's name: ${name}`)
  const known = actorKinds.find((k) => k === kind)
  if (known === undefined) throw new TypeError(`not an actor's kind: ${name}`)
  return { org: asId<OrgId>(org), kind: known, id: asId(id) }
}
