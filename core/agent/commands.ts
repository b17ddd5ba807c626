/** What agents may tell their actor, and supervisors on their behalf. */
import { supervised } from '../audit/supervised.ts'
import type { Answer, RawCommand, Turn } from '../engine/model.ts'
import { AgentCommand } from '../protocol/agent.ts'
import { may } from '../protocol/permissions.ts'
import type { Principal } from '../protocol/principal.ts'
import { badInput, inBody, ok, type Result, refuse } from '../result.ts'
import { accept, decline, extend, unwrap } from './items.ts'
import { see } from './mentions.ts'
import { capacities, configuredCapacity } from './room.ts'
import { type AgentState, belongingOf, mediumConfig } from './state.ts'

type Body<Name extends AgentCommand['name']> = Extract<AgentCommand, { name: Name }>['body']

/** Refusals are not remembered: nothing has changed, and the same command may be right later. */
export function command(state: AgentState, turn: Turn, by: Principal, raw: RawCommand): Answer {
  const parsed = AgentCommand.safeParse({ name: raw.name, body: raw.body })
  if (!parsed.success) return { result: { ok: false, error: inBody(badInput(parsed.error)) }, remember: false }
  const action = `agent.${parsed.data.name}` as const
  const object = belongingOf(state, turn.self)
  if (by.kind !== 'staff' || !may(by, action, object)) return { result: notYours, remember: false }
  return supervised(turn, { by, action, object, picture: () => auditView(state) }, () => {
    const result = decide(state, turn, by.id, parsed.data)
    return { result, remember: result.ok }
  })
}

/** What the audit sees of an agent. */
function auditView(state: AgentState) {
  const { presence, reason, notResponding } = state.self.get()
  return { presence, reason, notResponding, capacity: capacities(state) }
}

const notYours = refuse('forbidden', 'your role may not do this to this agent')

function decide(state: AgentState, turn: Turn, by: string, { name, body }: AgentCommand): Result<unknown> {
  switch (name) {
    case 'presence':
      return setPresence(state, turn, body)
    case 'capacity':
      return setCapacity(state, body, by === turn.self.id)
    case 'accept':
      return acceptOffer(state, turn, body)
    case 'decline':
      return declineOffer(state, turn, body)
    case 'finish':
      return finish(state, turn, body)
    case 'extend':
      return lengthen(state, turn, body)
    case 'see-mention':
      see(state, body.conversation, body.entry)
      return ok({})
  }
}

function setPresence(state: AgentState, turn: Turn, { presence, reason }: Body<'presence'>): Result<unknown> {
  const { reasons } = state.profile.get()
  if (reason !== undefined && !reasons.includes(reason)) {
    return refuse('bad_input', `the reason must be one of: ${reasons.join(', ')}`, { field: 'reason' })
  }
  const before = state.self.get()
  if (presence === 'offline') {
    const owned = state.items.values().filter((item) => item.state === 'owned').length
    if (owned > 0) return refuse('conflict', `still in ${owned} ${owned === 1 ? 'conversation' : 'conversations'}`)
    signOff(state, turn)
  }
  if (presence === 'available' && (before.presence !== 'available' || before.notResponding)) {
    state.self.patch({ workedAt: turn.now })
  }
  state.self.patch({ presence, reason: reason ?? null, notResponding: false, missed: 0 })
  return ok({})
}

/** Gives back what is offered and ends after-work; nothing is owned. */
function signOff(state: AgentState, turn: Turn): void {
  for (const item of state.items.values()) {
    if (item.state === 'wrap') unwrap(state, turn, item, 'signed-off')
    else decline(state, turn, item, 'away')
  }
}

/** Agents set their own within a bound; whoever leads them does not ask it. */
function setCapacity(state: AgentState, { medium, units }: Body<'capacity'>, isOwn: boolean): Result<unknown> {
  const { most } = mediumConfig(state, medium)
  if (isOwn && most !== undefined && units > most)
    return refuse('bad_input', `must be at most ${most}`, { field: 'units' })
  const over = configuredCapacity(state, medium)
  state.self.patch({ capacity: { ...state.self.get().capacity, [medium]: { units, over } } })
  return ok({})
}

function acceptOffer(state: AgentState, turn: Turn, { conversation, lease }: Body<'accept'>): Result<unknown> {
  const item = state.items.get(conversation)
  const lost = state.overtaken.get(conversation)
  // Somebody else was faster: nobody's fault, and no error.
  if (lost !== undefined && lost.lease === lease) return ok({ takenBy: lost.by })
  if (item?.lease !== lease || item.state === 'wrap') return stale()
  // A second tab that was as quick gets the same answer.
  if (item.state === 'ringing') accept(state, turn, item, lease)
  return ok({})
}

function declineOffer(
  state: AgentState,
  turn: Turn,
  { conversation, lease, reason, word }: Body<'decline'>,
): Result<unknown> {
  const { declineReasons = [] } = state.profile.get()
  if (reason !== undefined && declineReasons.length > 0 && !declineReasons.includes(reason))
    return refuse('bad_input', `the reason must be one of: ${declineReasons.join(', ')}`, { field: 'reason' })
  const item = state.items.get(conversation)
  if (item?.lease !== lease || item.state !== 'ringing') return stale()
  const said = { ...(reason === undefined ? {} : { reason }), ...(word === undefined ? {} : { word }) }
  decline(state, turn, item, 'declined', said)
  state.self.patch({ missed: 0 })
  return ok({})
}

const stale = () => refuse('stale_lease', 'this offer is over')

/** Ends after-work. It may have run out just before: that is what was wanted. */
function finish(state: AgentState, turn: Turn, { conversation }: Body<'finish'>): Result<unknown> {
  const item = state.items.get(conversation)
  if (item === undefined) return ok({})
  if (item.state !== 'wrap') return refuse('conflict', 'this conversation is not over', { field: 'conversation' })
  unwrap(state, turn, item, 'finished')
  return ok({})
}

/** More after-work, within the configured bound. */
function lengthen(state: AgentState, turn: Turn, { conversation }: Body<'extend'>): Result<unknown> {
  const item = state.items.get(conversation)
  if (item?.state !== 'wrap') return refuse('conflict', 'there is no after-work', { field: 'conversation' })
  return extend(state, turn, item) ? ok({}) : refuse('conflict', 'after-work cannot be made longer')
}
