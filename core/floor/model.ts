/** The Floor actor: what everybody is doing now, and the figures of today, for whoever looks. It changes nothing elsewhere. */
import { isToAsk } from '../book/asking.ts'
import type { Model, Turn } from '../engine/model.ts'
import { type Address, type AgentId, address, asId, type QueueId } from '../ids.ts'
import { own } from '../own.ts'
import type { FloorSlice } from '../protocol/book-messages.ts'
import type { Message } from '../protocol/messages.ts'
import { scopeFor, teamOf } from '../protocol/permissions.ts'
import type { Principal } from '../protocol/principal.ts'
import { ok, type Result, refuse } from '../result.ts'
import { HEAL, INTERVAL, LEASE, leaseDue, lookAtFloor, RECALL, watch } from './lease.ts'
import { keepCounting, recallSource, wish } from './recall.ts'
import { EVERYBODY, show, streamOf, teamAudience } from './rows.ts'
import { type FloorState, forget, isWatched, openFloor, showAll, showFigures } from './state.ts'

export const floorModel: Model<FloorState> = {
  kind: 'floor',
  migrations: [],
  open: openFloor,
  admit,
  receive,
  command: () => ({ result: refuse('bad_input', 'the floor takes no commands', { field: 'name' }), remember: false }),
  due,
  settle(state, turn) {
    keepCounting(state, turn)
    show(state, turn)
  },
  connected(state, turn, audience) {
    if (turn.seen(audience) !== null) lookAtFloor(state, turn, audience)
  },
  stream: streamOf,
  source: recallSource,
  configVersion: (state) => state.known.get().version,
  newerConfig,
}

function admit(_state: FloorState, self: Address, by: Principal): Result<string> {
  if (by.kind !== 'staff' || by.org !== self.org) return refuse('not_found', 'there is no such floor')
  const scope = scopeFor(by, 'floor.connect')
  if (scope === 'none') return refuse('forbidden', 'your role does not see the floor')
  return ok(scope === 'all' ? EVERYBODY : teamAudience(teamOf(by.team)))
}

function receive(state: FloorState, turn: Turn, from: Address, message: Message): void {
  const { queues, agents } = state.known.get()
  if (message.type === 'floor-config') return configure(state, turn, message)
  if (!isWatched(state, turn.now)) return
  if (message.type === 'queue-now' && own(queues, from.id) !== undefined) {
    state.queues.put(from.id, message)
    state.stale.add(`queue/${from.id}`)
  }
  if (message.type === 'agent-now' && own(agents, from.id) !== undefined) {
    state.agents.put(from.id, message)
    state.stale.add(`agent/${from.id}`)
  }
}

function configure(state: FloorState, turn: Turn, { type: _, ...slice }: FloorSlice): void {
  const before = state.known.get()
  if (slice.version <= before.version) return
  state.known.patch(slice)
  // Those that are gone are shown anew too: as nothing.
  showAll(state)
  for (const id of Object.keys(before.queues)) if (drop(state, 'queue', id)) state.queues.delete(id)
  for (const id of Object.keys(before.agents)) if (drop(state, 'agent', id)) state.agents.delete(id)
  if (!isWatched(state, turn.now)) return
  const { org } = turn.self
  const isNew = (id: string, known: object) => !Object.hasOwn(known, id)
  for (const id of Object.keys(slice.queues)) {
    if (isNew(id, before.queues)) watch(turn, address(org, 'queue', asId<QueueId>(id)))
  }
  for (const id of Object.keys(slice.agents)) {
    if (isNew(id, before.agents)) watch(turn, address(org, 'agent', asId<AgentId>(id)))
  }
  // Other targets make other figures.
  if (JSON.stringify(slice.policy) !== JSON.stringify(before.policy)) forget(state)
}

/** Whether it is no longer configured. */
function drop(state: FloorState, kind: 'queue' | 'agent', id: string): boolean {
  const { queues, agents } = state.known.get()
  state.stale.add(`${kind}/${id}`)
  return own<object>(kind === 'queue' ? queues : agents, id) === undefined
}

function newerConfig(state: FloorState, turn: Turn, version: number): void {
  const known = state.known.get()
  if (!isToAsk(known, version, turn.now)) return
  state.known.patch({ asked: version, askedAt: turn.now })
  turn.send(address(turn.self.org, 'book', 'book'), { type: 'ask-config', have: known.version })
}

function due(state: FloorState, turn: Turn, name: string): void {
  if (name === LEASE) return leaseDue(state, turn)
  if (!isWatched(state, turn.now)) return
  if (name === RECALL) {
    wish(state)
    turn.deadline(RECALL, turn.now + HEAL)
  }
  if (name === INTERVAL) nextInterval(state, turn)
}

/** Nothing has ended yet in the new interval, nor on a new day; what had, and was late, the record tells. */
function nextInterval(state: FloorState, turn: Turn): void {
  const { tally } = state
  if (tally === null) return forget(state)
  tally.roll(turn.now)
  showFigures(state, tally)
  wish(state)
}
