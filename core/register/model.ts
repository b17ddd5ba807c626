/**
 * The Register actor, a shard of it: who has something to tell the record. Whoever has tells it once, with its first entry;
 * so a rebuild, a backup or an export finds every actor without asking the record.
 */
import type { Model, Turn } from '../engine/model.ts'
import { type ActorName, address, asActorName, asId, type OrgId, parseAddress, type RegisterId } from '../ids.ts'
import type { RegisterPage } from '../protocol/actors.ts'
import { refuse } from '../result.ts'
import { Log } from '../streams/log.ts'

/**
 * How many shards an organisation has. The number may grow: whoever registered before stays where it is, and readers walk
 * all shards. It must not shrink.
 */
export const REGISTER_SHARDS = 16

export interface RegisterState {
  readonly members: Log<{ readonly at: number }>
}

const nothing = { result: refuse('not_found', 'the register takes no commands'), remember: false }

export const registerModel: Model<RegisterState> = {
  kind: 'register',
  migrations: [],
  open: (tables) => ({ members: new Log(tables) }),
  admit: () => nothing.result,
  command: () => nothing,
  receive(state, turn, from, message) {
    if (message.type === 'register') enrol(state, turn, [asActorName(`${from.org}/${from.kind}/${from.id}`)])
  },
  due() {},
  settle() {},
  stream: () => undefined,
}

/** Takes in whoever is not in it yet. */
export function enrol(state: RegisterState, { now }: Turn, names: readonly ActorName[]): void {
  for (const name of lacking(state, names))
    state.members.append({ sender: parseAddress(name).kind, command: name, public: false, body: { at: now } })
}

/** Who of these is not in it. The log knows each pair of sender and command once; the name is the command. */
export const lacking = ({ members }: RegisterState, names: readonly ActorName[]): ActorName[] =>
  names.filter((name) => members.find(parseAddress(name).kind, name) === undefined)

/** Members after the place `after`, in the order in which they came. */
export function readPage({ members }: RegisterState, after: number, limit: number): RegisterPage {
  const found = members.after(after, limit)
  const last = found.at(-1)?.seq
  return {
    names: found.map(({ command }) => asActorName(command)),
    next: last === undefined || last >= members.head ? null : last,
  }
}

/** The shard in which this actor registers. */
export const registerOf = (org: OrgId, id: string): ActorName => shardName(org, hashOf(id) % REGISTER_SHARDS)

/** The same, as a number. */
export const shardOf = (name: ActorName): number => hashOf(parseAddress(name).id) % REGISTER_SHARDS

/** FNV-1a. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

export const shardName = (org: OrgId, shard: number): ActorName =>
  address(org, 'register', asId<RegisterId>(String(shard)))
