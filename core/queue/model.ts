/** The Queue actor: who waits, in what order, and which contact is next for whom. */
import { isToAsk } from '../book/asking.ts'
import type { Answer, Model, RawCommand, Turn } from '../engine/model.ts'
import { tellFloor, watch } from '../floor/watched.ts'
import { type Address, type AgentId, address, asId, type ConversationId, type QueueId } from '../ids.ts'
import type { QueueSlice } from '../protocol/book-messages.ts'
import type { Message, Wait } from '../protocol/messages.ts'
import { type Belonging, may, teamOf } from '../protocol/permissions.ts'
import type { Principal, StaffPrincipal } from '../protocol/principal.ts'
import { QueueCommand } from '../protocol/queue.ts'
import { badInput, inBody, ok, type Result, refuse } from '../result.ts'
import { wait } from './entries.ts'
import { FIGURES, figuresAsked, figuresLater, tellFigures } from './figures.ts'
import { queueNow } from './now.ts'
import { PLACES, placesLater, tellPlaces } from './places.ts'
import { pump, REORDER } from './pump.ts'
import { avail, ignoreItems, silence } from './roster.ts'
import { goOnShowing, isReshowing, reshow, show } from './shown.ts'
import { openQueue, type QueueState } from './state.ts'
import { take } from './take.ts'

export type { QueueState }

/** The audience of a queue's board. */
const STAFF = 'staff'

export const queueModel: Model<QueueState> = {
  kind: 'queue',
  migrations: [],
  open: openQueue,
  admit,
  receive,
  command,
  due,
  settle,
  stream: (state) => state.board.stream(),
  configVersion: (state) => state.known.get().version,
  newerConfig,
}

function admit(state: QueueState, self: Address, principal: Principal): Result<string> {
  const isOurs = principal.kind === 'staff' && principal.org === self.org
  if (!isOurs || state.known.get().config === null) return refuse('not_found', 'there is no such queue')
  if (may(principal, 'queue.connect', belongingOf(state, principal))) return ok(STAFF)
  return refuse('forbidden', 'this queue is not for your role or your team')
}

function receive(state: QueueState, turn: Turn, _from: Address, message: Message): void {
  if (message.type === 'wait') arrive(state, turn, message)
  else if (message.type === 'ask-figures') figuresAsked(state, turn, message)
  else if (message.type === 'avail') avail(state, turn, message)
  else if (message.type === 'queue-config') configure(state, turn, message)
  else if (message.type === 'watch') watch(state.watched, turn, message)
}

/** A contact that comes to a queue which is not configured is sent on; one never heard of asks Book first. */
function arrive(state: QueueState, turn: Turn, message: Wait): void {
  wait(state, message)
  const { version, config } = state.known.get()
  if (config !== null || message.entry === undefined) return
  if (version > 0) sendAway(turn, message.conversation, version)
  else turn.send(address(turn.self.org, 'book', 'book'), { type: 'ask-config', have: 0 })
}

function configure(state: QueueState, turn: Turn, { version, config, timings }: QueueSlice): void {
  const before = state.known.get()
  if (version <= before.version) return
  state.known.patch({ version, config, timings })
  if (JSON.stringify(config?.contactOrder) !== JSON.stringify(before.config?.contactOrder)) {
    state.fresh.pump = true
    state.fresh.order = true
    state.places.all = true
    reshow(state)
  }
  if (config?.ringAtOnce !== before.config?.ringAtOnce || config?.pull !== before.config?.pull) {
    state.fresh.pump = true
    for (const conversation of state.entries.keys()) state.fresh.contacts.add(conversation)
  }
  if (config !== null) {
    state.places.again = null
    if (state.entries.size > 0) placesLater(state, turn)
    return
  }
  for (const { conversation } of state.entries.values()) sendAway(turn, conversation, version)
}

/** The contact leaves by its own `wait`, once it has found another place. */
function sendAway(turn: Turn, conversation: ConversationId, version: number): void {
  const to = address(turn.self.org, 'conversation', conversation)
  turn.send(to, { type: 'gone', queue: asId<QueueId>(turn.self.id), version })
}

function newerConfig(state: QueueState, turn: Turn, version: number): void {
  const known = state.known.get()
  if (!isToAsk(known, version, turn.now)) return
  state.known.patch({ asked: version, askedAt: turn.now })
  turn.send(address(turn.self.org, 'book', 'book'), { type: 'ask-config', have: known.version })
}

function command(state: QueueState, turn: Turn, by: Principal, { name, body }: RawCommand): Answer {
  const parsed = QueueCommand.safeParse({ name, body })
  if (!parsed.success) return { result: { ok: false, error: inBody(badInput(parsed.error)) }, remember: false }
  const mayTake = by.kind === 'staff' && may(by, 'queue.take', belongingOf(state, by))
  if (!mayTake) return { result: refuse('forbidden', 'you do not serve this queue'), remember: false }
  return take(state, turn, by, parsed.data.body.conversation)
}

/** Whose a queue is: its team's, and of those who serve it. */
function belongingOf(state: QueueState, by: StaffPrincipal): Belonging {
  return { staff: by.serves === true ? [by.id] : [], teams: [teamOf(state.known.get().config?.team)] }
}

function due(state: QueueState, turn: Turn, name: string): void {
  if (name === PLACES) return tellPlaces(state, turn)
  if (name === FIGURES) return tellFigures(state, turn)
  if (name === REORDER) return reorder(state, turn)
  const colon = name.indexOf(':')
  const timer = name.slice(0, colon)
  const agent = asId<AgentId>(name.slice(colon + 1))
  if (timer === 'hold') silence(state, agent)
  else if (timer === 'item') ignoreItems(state, agent)
}

/** One slice; the places are told anew when the new order holds. */
function reorder(state: QueueState, turn: Turn): void {
  goOnShowing(state)
  if (state.lineup.advance()) state.fresh.order = state.places.all = true
  else turn.deadline(REORDER, turn.now + 1)
}

function settle(state: QueueState, turn: Turn): void {
  const { fresh } = state
  if (fresh.pump) {
    pump(state, turn)
    figuresLater(state, turn)
  }
  if (fresh.pump || isReshowing(state)) show(state, turn)
  if (isReshowing(state)) turn.deadline(REORDER, turn.now + 1)
  if (fresh.order) placesLater(state, turn)
  tellFloor(state.watched, turn, () => queueNow(state))
  fresh.pump = false
  fresh.order = false
  fresh.contacts.clear()
  fresh.seats.clear()
}
