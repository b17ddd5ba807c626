/**
 * Asking others: handing a conversation over to a queue or to a person, cold or warm, with a word to the next; taking that back;
 * asking for a consult. Its age stays.
 */
import type { Answer, Turn } from '../engine/model.ts'
import { asId } from '../ids.ts'
import type { StaffCommand, StaffFrom } from '../protocol/conversation.ts'
import { done, no } from './answers.ts'
import { withdraw } from './consult.ts'
import { record, say } from './entries.ts'
import { lookUp, noAgent, plan } from './known.ts'
import { avoid, end } from './leases.ts'
import { assign } from './offers.ts'
import { endRings } from './rings.ts'
import { seek } from './seeking.ts'
import { type ConversationState, isAsked } from './state.ts'

type Wish = Extract<StaffCommand, { name: 'transfer' }>['body']

type Question = Extract<StaffCommand, { name: 'consult' }>['body']

export function transfer(state: ConversationState, turn: Turn, from: StaffFrom, wish: Wish): Answer {
  const { queue, agent } = wish
  if ((queue === undefined) === (agent === undefined)) return notOne()
  const note = noteOf(wish)
  if (agent !== undefined) return toAgent(state, turn, from, { agent, note, warm: wish.warm })
  return queue === undefined ? done() : toQueue(state, turn, from, { queue, note, warm: wish.warm })
}

const notOne = () => no('bad_input', 'name a queue or an agent, and only one of them', { field: 'queue' })
const noteOf = ({ note }: { readonly note?: string | undefined }) => (note === undefined || note === '' ? null : note)
const queueOnly = (queue: string) => [{ after: 0, queues: [{ queue, need: { level: 1, skills: {} } }], raise: 0 }]

interface Hand {
  readonly note: string | null
  /** The present owner keeps it until somebody accepts. */
  readonly warm: boolean
}

function toQueue(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  { queue, note, warm }: Hand & { readonly queue: string },
): Answer {
  if (!isQueue(state, queue)) return lookUp(state, turn, 'queue', queue)
  handedBy(state, turn)
  // Why somebody leaves is told before the leaving: who reads the entries in order knows it then.
  record(state, turn, { type: 'transferred', to: queue, warm, ...(note === null ? {} : { note }) }, from)
  if (!warm) letGo(state, turn)
  state.talk.patch({ note, queue })
  seek(state, turn, queueOnly(queue))
  return done()
}

/**
 * It rings at that agent alone. Declined or left to ring it stays with its owner, or goes back to where it was found. Who is
 * consulted has it before them already, and takes it at once.
 */
function toAgent(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  { agent, note, warm }: Hand & { readonly agent: string },
): Answer {
  const { owner, found, consult } = state.talk.get()
  if (owner?.agent === agent) return no('conflict', 'this agent has it already', { field: 'agent' })
  const isConsulted = consult?.agent === agent
  const refusal = isConsulted ? null : noAgent(state, turn, agent)
  if (refusal !== null) return refusal
  handedBy(state, turn)
  const more = { agent: true, ...(note === null ? {} : { note }) }
  record(state, turn, { type: 'transferred', to: agent, warm, ...more }, from)
  if (!warm) letGo(state, turn)
  state.talk.patch({ note })
  if (!warm) seek(state, turn, found ?? plan(state)?.steps ?? [])
  const how = isConsulted ? { force: true, auto: true } : { force: false }
  assign(state, turn, asId(agent), { ...how, why: 'transferred' })
  return done()
}

/** One asking at a time: whoever hands it over asks nobody in private any more, and may take it back. */
function handedBy(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  if (isAsked(talk)) withdraw(state, turn, 'withdrawn')
  if (talk.owner !== null) state.talk.patch({ handed: { agent: talk.owner.agent, name: talk.owner.name } })
}

/** Takes back what was handed over, as long as nobody has accepted it. */
export function pullBack(state: ConversationState, turn: Turn, from: StaffFrom): Answer {
  const { owner, handed, closed } = state.talk.get()
  if (closed !== null) return no('closed', 'this conversation is closed')
  if (handed === null) return no('conflict', 'nobody is being asked to take it')
  record(state, turn, { type: 'pulled-back' }, from)
  state.talk.patch({ note: null })
  if (owner === null) {
    assign(state, turn, asId(handed.agent), { force: true, auto: true, why: 'pulled-back' })
    return done()
  }
  endRings(state, turn, 'gone')
  state.talk.patch({ seek: null, handed: null })
  return done()
}

/** Asks a colleague, or whoever is next in a queue, in private. */
export function consult(state: ConversationState, turn: Turn, from: StaffFrom, wish: Question): Answer {
  const { queue, agent } = wish
  const { owner, offer, seek: search, consult: present } = state.talk.get()
  if ((queue === undefined) === (agent === undefined)) return notOne()
  if (present !== null) return no('conflict', 'somebody is being consulted already')
  if (offer !== null || search !== null) return no('conflict', 'somebody is being asked already')
  if (agent !== undefined && owner?.agent === agent)
    return no('conflict', 'this agent has it already', { field: 'agent' })
  const refusal = agent === undefined ? null : noAgent(state, turn, agent)
  if (refusal !== null) return refusal
  if (queue !== undefined && !isQueue(state, queue)) return lookUp(state, turn, 'queue', queue)
  const note = noteOf(wish)
  const more = { ...(agent === undefined ? {} : { agent: true }), ...(note === null ? {} : { note }) }
  record(state, turn, { type: 'consulting', to: agent ?? queue ?? '', ...more }, from)
  state.talk.patch({ note })
  if (agent !== undefined) assign(state, turn, asId(agent), { force: false, consult: true })
  else if (queue !== undefined) seek(state, turn, queueOnly(queue), { consult: true })
  return done()
}

const isQueue = (state: ConversationState, queue: string) =>
  Object.hasOwn(state.known.get().pinned?.queueNames ?? {}, queue)

function letGo(state: ConversationState, turn: Turn): void {
  const { owner } = state.talk.get()
  if (owner === null) return
  end(turn, owner, 'moved')
  say(state, turn, { type: 'left', name: owner.name })
  avoid(state, turn, owner.agent)
  state.talk.patch({ owner: null })
}
