/** The Agent actor: presence, capacity, the work in hand, and which contact it claims next. */
import { isToAsk } from '../book/asking.ts'
import type { Model, Turn } from '../engine/model.ts'
import { tellFloor, watch } from '../floor/watched.ts'
import { type Address, address } from '../ids.ts'
import type { AgentSlice } from '../protocol/book-messages.ts'
import type { Message } from '../protocol/messages.ts'
import { may } from '../protocol/permissions.ts'
import type { Principal } from '../protocol/principal.ts'
import { ok, type Result, refuse } from '../result.ts'
import { bid, claimBest } from './choose.ts'
import { command } from './commands.ts'
import { interrupt } from './interruption.ts'
import { decline, miss, unwrap } from './items.ts'
import { journalSource, noteDuty, revive } from './journal.ts'
import { CONSOLE, look, lookLater } from './liveness.ts'
import { mentioned } from './mentions.ts'
import { aside, assign, beside, end, forget, grant, news, refused } from './messages.ts'
import { agentNow } from './now.ts'
import { forgetOvertaken, TOLD } from './overtaken.ts'
import { ask, ROUND } from './picture.ts'
import { show } from './rows.ts'
import { type AgentState, belongingOf, type Item, openAgent } from './state.ts'

export type { AgentState }

/** Supervisors who look on. */
const STAFF = 'staff'

export const agentModel: Model<AgentState> = {
  kind: 'agent',
  migrations: [],
  open: openAgent,
  admit,
  receive,
  command,
  due,
  settle,
  connected,
  stream: (state) => state.board.stream(),
  source: (state, self) => journalSource(state, self),
  configVersion: (state) => state.profile.get().version,
  newerConfig,
  lasting: ['interval', 'items'],
  revive,
}

function admit(state: AgentState, self: Address, principal: Principal): Result<string> {
  const unknown = refuse('not_found', 'there is no such agent')
  if (principal.kind !== 'staff' || principal.org !== self.org) return unknown
  if (!may(principal, 'agent.connect', belongingOf(state, self))) {
    return refuse('forbidden', 'this agent is not for your role or your team')
  }
  if (principal.id === self.id) return ok(CONSOLE)
  return state.profile.get().config === null ? unknown : ok(STAFF)
}

function receive(state: AgentState, turn: Turn, _from: Address, message: Message): void {
  look(state, turn)
  switch (message.type) {
    case 'bid':
      return bid(state, turn, message)
    case 'grant':
      return grant(state, turn, message)
    case 'refuse':
      return refused(state, turn, message)
    case 'end':
      return end(state, turn, message)
    case 'beside':
      return beside(state, message)
    case 'assign':
      return assign(state, turn, message)
    case 'aside':
      return aside(state, message)
    case 'news':
      return news(state, message)
    case 'mentioned':
      return mentioned(state, message)
    case 'forget':
      return forget(state, message)
    case 'agent-config':
      return configure(state, message)
    case 'watch':
      return watch(state.watched, turn, message)
    default:
  }
}

function configure(state: AgentState, { type: _, declineReasons = [], ...slice }: AgentSlice): void {
  if (slice.version > state.profile.get().version) state.profile.patch({ ...slice, declineReasons })
}

function newerConfig(state: AgentState, turn: Turn, version: number): void {
  const known = state.profile.get()
  if (!isToAsk(known, version, turn.now)) return
  state.profile.patch({ asked: version, askedAt: turn.now })
  turn.send(address(turn.self.org, 'book', 'book'), { type: 'ask-config', have: known.version })
}

function due(state: AgentState, turn: Turn, name: string): void {
  if (name === ROUND) return state.question.patch({ late: true })
  const colon = name.indexOf(':')
  if (name.slice(0, colon) === TOLD) return forgetOvertaken(state, turn, name.slice(colon + 1))
  const item = state.items.get(name.slice(colon + 1))
  // The look at the console comes with every turn's end: its deadline needs no more than a turn.
  if (colon > 0 && item !== undefined) timeOut(state, turn, item, name.slice(0, colon))
}

function timeOut(state: AgentState, turn: Turn, item: Item, timer: string): void {
  if (timer === 'claim' && item.state === 'claiming') decline(state, turn, item, 'unclaimed')
  else if (timer === 'ring' && item.state === 'ringing') miss(state, turn, item)
  else if (timer === 'wrap' && item.state === 'wrap') unwrap(state, turn, item, 'timed-out')
}

function connected(state: AgentState, _turn: Turn, audience: string): void {
  if (audience === CONSOLE) state.stirred = true
}

/** At most one claim per question: the claim changes the picture, so the next choice uses fresh answers. */
function settle(state: AgentState, turn: Turn): void {
  look(state, turn)
  interrupt(state, turn)
  ask(state, turn)
  if (claimBest(state, turn)) ask(state, turn)
  state.handled = []
  lookLater(state, turn)
  noteDuty(state, turn)
  show(state, turn)
  tellFloor(state.watched, turn, () => agentNow(state))
}
