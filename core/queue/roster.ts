/** The agents that serve the queue: what they say about themselves, and what their silence means. */
import type { Turn } from '../engine/model.ts'
import type { AgentId } from '../ids.ts'
import type { Avail } from '../protocol/messages.ts'
import { bury } from './entries.ts'
import { handled } from './pace.ts'
import type { QueueState, Seat } from './state.ts'

export const holdTimer = (agent: string) => `hold:${agent}`
export const itemTimer = (agent: string) => `item:${agent}`

/** A question: the picture replaces the one before, and ends bid and silence. */
export function avail(state: QueueState, turn: Turn, message: Avail): void {
  const { agent, v, picture } = message
  const before = state.roster.get(agent)
  if (before !== undefined && v <= before.v) return
  turn.deadline(holdTimer(agent), null)
  turn.deadline(itemTimer(agent), null)
  if (message.dead !== undefined) bury(state, message.dead)
  if (message.handled !== undefined) handled(state, message.handled)
  if (message.gone === true) return stand(state, agent, undefined)
  stand(state, agent, {
    agent,
    v,
    picture,
    standing: { is: picture.free.length > 0 ? 'owes' : 'none' },
    silent: false,
    holdsSince: null,
    itemsIgnored: false,
  })
}

/** The agent did not answer a bid in time: it gets nothing until it speaks, and the contact goes to others. */
export function silence(state: QueueState, agent: AgentId): void {
  const seat = state.roster.get(agent)
  if (seat?.standing.is === 'bid') stand(state, agent, { ...seat, standing: { is: 'none' }, silent: true })
}

/** The agent's items held a waiting contact for too long. It owes nothing, so it is not silenced. */
export function ignoreItems(state: QueueState, agent: AgentId): void {
  const seat = state.roster.get(agent)
  if (seat !== undefined) stand(state, agent, { ...seat, holdsSince: null, itemsIgnored: true })
}

/** Writes an agent's row and notes which contacts it held or holds. */
export function stand(state: QueueState, agent: AgentId, seat: Seat | undefined): void {
  state.fresh.seats.add(agent)
  for (const each of [state.roster.get(agent), seat]) {
    if (each === undefined) continue
    if (each.standing.is === 'bid') state.fresh.contacts.add(each.standing.conversation)
    for (const conversation of Object.keys(each.picture.items)) state.fresh.contacts.add(conversation)
  }
  if (seat === undefined) state.roster.delete(agent)
  else state.roster.put(agent, seat)
  state.fresh.pump = true
}
