/**
 * Agents take who waits from the list, where the queue allows it. It is a bid as any, but of the agent's own choosing: held for it
 * alone until its claim has gone through, so that what two take at the same moment only one is bid.
 */
import type { Answer, Turn } from '../engine/model.ts'
import { type AgentId, asId } from '../ids.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { ok, type Result, refuse } from '../result.ts'
import { meets } from '../routing/needs.ts'
import { answer } from './pump.ts'
import type { QueueState, Seat } from './state.ts'

/** A refusal is not remembered: a moment later it may be otherwise. */
export function take(state: QueueState, turn: Turn, by: StaffPrincipal, conversation: string): Answer {
  const result = taken(state, turn, by, conversation)
  return { result, remember: result.ok }
}

function taken(state: QueueState, turn: Turn, by: StaffPrincipal, conversation: string): Result<unknown> {
  const { config } = state.known.get()
  if (config?.pull === undefined) return refuse('conflict', 'nobody takes from this list', { field: 'queue' })
  const seat = state.roster.get(asId<AgentId>(by.id))
  const entry = state.entries.get(conversation)
  if (seat === undefined || seat.picture.on !== true)
    return refuse('conflict', 'you are not available', { field: 'presence' })
  // Who presses twice is on the way already.
  if (entry !== undefined && isBid(seat, conversation)) return ok({})
  if (entry === undefined || state.lineup.isHeld(entry))
    return refuse('conflict', 'somebody was faster, or is just being asked', { field: 'conversation' })
  if (!meets(seat.picture, entry.need))
    return refuse('conflict', 'it asks for skills that you do not have', { field: 'skills' })
  if (!seat.picture.free.includes(entry.medium))
    return refuse('conflict', 'you have no room for it', { field: 'capacity' })
  answer(state, turn, seat, entry, { pulled: true })
  return ok({})
}

const isBid = ({ standing }: Seat, conversation: string) =>
  standing.is === 'bid' && standing.conversation === conversation
