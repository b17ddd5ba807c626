/** A flow leads the customer: what it says are entries, what the customer says are its inputs, and its end is the plan's beginning. */
import { suits } from '../attribute.ts'
import type { Turn } from '../engine/model.ts'
import type { Effect, FlowEnd, Input, Outcome, World } from '../flow/program.ts'
import { begin, step } from '../flow/run.ts'
import { own } from '../own.ts'
import type { AttributeValue, botEnds, KeptBody } from '../protocol/conversation.ts'
import { detailsOf } from '../widget/pre-chat.ts'
import { MOST_ATTRIBUTES } from './about.ts'
import { close } from './closing.ts'
import { record, say } from './entries.ts'
import { desk, isLed, plan } from './known.ts'
import { seek } from './seeking.ts'
import type { ConversationState } from './state.ts'

/** Begins the flow of the entrance, if it has one: nobody is sought until that says so. */
export function lead(state: ConversationState, turn: Turn, first: KeptBody): void {
  const { pinned } = state.known.get()
  const program = pinned?.flow
  if (pinned === null || program === undefined || state.talk.get().begun?.medium !== 'chat') return
  record(state, turn, { type: 'bot', flow: program.flow, version: pinned.version })
  const text = first.type === 'message' ? first.text : undefined
  state.talk.patch({ since: null })
  goOn(state, turn, begin(program, worldOf(state, turn), text))
}

/** Something that the customer says while a flow leads. A file is for whoever comes after it. */
export function hear(state: ConversationState, turn: Turn, body: KeptBody): void {
  const { leading } = state.bot.get()
  if (body.type !== 'message' || leading === null) return
  const { chosen, text } = body
  const isAnswer = chosen !== undefined && chosen.entry === leading.question
  take(state, turn, isAnswer ? { type: 'chosen', id: chosen.id } : { type: 'said', text })
}

/** Nothing came in time. */
export function botDue(state: ConversationState, turn: Turn): void {
  take(state, turn, { type: 'time' })
}

/** After every event: whoever has the conversation ends the flow, and what ends the conversation too. */
export function syncBot(state: ConversationState, turn: Turn): void {
  const { closed, owner, offer, snooze } = state.talk.get()
  if (isLed(state) && (closed !== null || owner !== null || offer !== null || snooze !== null)) {
    state.bot.set({ leading: null })
    state.talk.patch({ since: turn.now })
    // With the closing all is told.
    if (closed === null) record(state, turn, { type: 'bot-ended', how: 'taken' })
  }
  turn.deadline('bot', state.bot.get().leading?.state.wakeAt ?? null)
}

function take(state: ConversationState, turn: Turn, input: Input): void {
  const { leading } = state.bot.get()
  const program = state.known.get().pinned?.flow
  if (leading === null || program === undefined) return
  goOn(state, turn, step(program, leading.state, input, worldOf(state, turn)))
}

function goOn(state: ConversationState, turn: Turn, { state: flow, effects }: Outcome): void {
  let { question = null } = state.bot.get().leading ?? {}
  for (const effect of effects) question = carryOut(state, turn, effect) ?? question
  const { phase } = flow
  if (phase.is !== 'over') {
    const version = state.bot.get().leading?.version ?? state.known.get().pinned?.version ?? 0
    state.bot.set({ leading: { version, state: flow, question } })
    return
  }
  state.bot.set({ leading: null })
  const problem = effects.find((effect) => effect.do === 'report')?.problem
  record(state, turn, { type: 'bot-ended', how: ends[phase.how], ...(problem === undefined ? {} : { problem }) })
  finish(state, turn, effects)
}

/** What comes of its end: it is closed, or somebody is sought. */
function finish(state: ConversationState, turn: Turn, effects: readonly Effect[]): void {
  // The wait begins now: nobody was kept waiting by questions.
  state.talk.patch({ since: turn.now })
  if (effects.some((effect) => effect.do === 'hangup')) return close(state, turn, 'system')
  const wanted = effects.find((effect) => effect.do === 'queue')?.plan ?? null
  const { pinned } = state.known.get()
  const other = wanted === null ? undefined : own(pinned?.plans ?? {}, wanted)
  if (wanted !== null && other !== undefined) return seek(state, turn, other.steps, { plan: wanted })
  seek(state, turn, plan(state)?.steps ?? [])
}

const ends: Record<FlowEnd, (typeof botEnds)[number]> = {
  'passed-on': 'passed-on',
  'hung-up': 'hung-up',
  person: 'person',
  broken: 'broken',
  // Of a telephone: no chat gets there.
  connected: 'passed-on',
  callback: 'passed-on',
  gone: 'taken',
}

/** The public number of what was asked; null: nothing was. What a chat cannot do it was checked not to say. */
function carryOut(state: ConversationState, turn: Turn, effect: Effect): number | null {
  if (effect.do === 'say') say(state, turn, { type: 'message', text: effect.text })
  else if (effect.do === 'set') describe(state, turn, effect.attributes)
  else if (effect.do === 'ask') {
    const choices = effect.choices.map(({ id, label }) => ({ id, label }))
    return say(state, turn, { type: 'message', text: effect.text, ...(choices.length === 0 ? {} : { choices }) }).pub
  }
  return null
}

/** Sets what the configuration still has, and takes. */
function describe(state: ConversationState, turn: Turn, wanted: Readonly<Record<string, AttributeValue | null>>): void {
  const { attributes: before } = state.about.get()
  const fitting = Object.entries(wanted).filter(([id, value]) => {
    const attribute = own(desk(state).attributes, id)
    return attribute !== undefined && (value === null || suits(attribute, value)) && (own(before, id) ?? null) !== value
  })
  const after: Record<string, AttributeValue> = {}
  for (const [id, value] of [...Object.entries(before), ...fitting]) {
    if (value === null) delete after[id]
    else after[id] = value
  }
  if (fitting.length === 0 || JSON.stringify(after).length > MOST_ATTRIBUTES) return
  state.about.patch({ attributes: after })
  record(state, turn, { type: 'described', attributes: Object.fromEntries(fitting) })
}

function worldOf(state: ConversationState, turn: Turn): World {
  const { begun } = state.talk.get()
  const values: Record<string, AttributeValue> = {}
  if (begun !== null) {
    if (begun.customer.name !== '') values['customer.name'] = begun.customer.name
    for (const [name, value] of Object.entries(detailsOf(begun.customer)))
      values[name.includes('.') ? name : `customer.${name}`] = value
  }
  for (const [id, value] of Object.entries(state.about.get().attributes)) values[`conversation.${id}`] = value
  return { now: turn.now, channel: 'chat', values }
}
