/** For as long as somebody looks, queues and agents tell what they are. Nobody has to end it: it runs out. */
import type { Turn } from '../engine/model.ts'
import { type ActorName, type AgentId, address, asId, type QueueId } from '../ids.ts'
import { type FloorState, forget, isWatched } from './state.ts'

/** For how long queues and agents tell, and how often that is renewed, in ms. */
const WATCH = 150_000
const RENEW = 60_000
/**
 * The conveyor may have learned just before that nobody looks, and believes it for a while ({@link UNWATCHED_FOR} in ms): what
 * it brought to the record meanwhile is asked for once more.
 */
export const UNWATCHED_FOR = 5_000
const AGAIN = UNWATCHED_FOR + 3_000
/** How often it asks for everything anew, so that nothing that got lost on the way stays so, in ms. */
export const HEAL = 300_000

export const LEASE = 'lease'
export const RECALL = 'recall'
export const INTERVAL = 'interval'

/** Somebody looks, by a socket of this audience or by a question. */
export function lookAtFloor(state: FloorState, turn: Turn, audience: string | null): void {
  const { audiences } = state.lease.get()
  const isNew = !isWatched(state, turn.now)
  if (isNew) begin(state, turn)
  if (audience !== null && !audiences.includes(audience)) {
    state.lease.patch({ audiences: [...state.lease.get().audiences, audience] })
  }
  if (isNew || (state.lease.get().until ?? 0) - turn.now < WATCH - RENEW) renew(state, turn)
}

function begin(state: FloorState, turn: Turn): void {
  // What was said before is not what is.
  for (const queue of state.queues.keys()) state.queues.delete(queue)
  for (const agent of state.agents.keys()) state.agents.delete(agent)
  forget(state)
  turn.deadline(RECALL, turn.now + AGAIN)
}

function renew(state: FloorState, turn: Turn): void {
  const { org } = turn.self
  const { version, queues, agents } = state.known.get()
  state.lease.patch({ until: turn.now + WATCH })
  turn.deadline(LEASE, turn.now + RENEW)
  turn.send(address(org, 'book', 'book'), { type: 'ask-config', have: version })
  for (const id of Object.keys(queues)) watch(turn, address(org, 'queue', asId<QueueId>(id)))
  for (const id of Object.keys(agents)) watch(turn, address(org, 'agent', asId<AgentId>(id)))
}

export function watch(turn: Turn, whom: ActorName): void {
  turn.send(whom, { type: 'watch', for: WATCH })
}

/** Goes on while sockets are open; a question holds it for as long as one watch. */
export function leaseDue(state: FloorState, turn: Turn): void {
  const audiences = state.lease.get().audiences.filter((audience) => turn.seen(audience) !== null)
  state.lease.patch({ audiences })
  if (audiences.length > 0) return renew(state, turn)
  const { until } = state.lease.get()
  if (until !== null && until > turn.now) return turn.deadline(LEASE, until)
  state.lease.patch({ until: null })
  for (const name of [LEASE, RECALL, INTERVAL]) turn.deadline(name, null)
  state.tally = null
  state.telling = null
}
