/**
 * A caller whom a flow leads: what the caller is told of what the flow does, and what the flow is told of what the caller does.
 * The two do not keep step: a look-up is answered while music plays. What the flow has done since waits until the leg asks, or
 * is moved; and what the leg brings then is no answer to a question that it has not heard.
 */
import type { Effect, FlowState, Input, Phase, Program, World } from '../flow/program.ts'
import { begin, step } from '../flow/run.ts'
import type { Outcome } from './events.ts'
import { type Ending, type Instructions, lengthOf, MOST_HEARD, MOST_PROMPTS, type Prompt } from './instructions.ts'

export interface Lead {
  readonly state: FlowState
  /** What the flow has done and the leg was not told yet. */
  readonly untold: readonly Effect[]
  /** What is played while nobody talks: the newest that the flow named; null: nothing. */
  readonly music: string | null
  /** How long the last question may stay without an answer once it was heard, in ms. */
  readonly patience: number
}

/** A step of a flow: `effects` are all that it did, also what concerns the conversation alone. */
export interface Led {
  readonly lead: Lead
  readonly effects: readonly Effect[]
}

/** A flow begins; the leg is told when it asks. */
export function beginLead(program: Program, world: World): Led {
  const { state, effects } = begin(program, world)
  return led({ state, untold: [], music: null, patience: 0 }, state, effects, world)
}

/** Something came to the flow that the leg did not bring: the answer to a look-up, or its time, see {@link wakesAt}. */
export function learn(lead: Lead, input: Input, program: Program, world: World): Led {
  const { state, effects } = step(program, lead.state, input, world)
  return led(lead, state, effects, world)
}

/** The leg has asked, with this. */
export function comeBack(
  lead: Lead,
  outcome: Outcome,
  program: Program,
  world: World,
): Led & { readonly instructions: Instructions } {
  const input = lead.untold.length > 0 ? null : inputOf(outcome, lead.state.phase)
  const after = input === null ? { lead, effects: [] } : learn(lead, input, program, world)
  const [now, later] = halves(after.lead.untold)
  const instructions = instructionsOf({ ...after.lead, untold: now }, later.length > 0)
  return { lead: { ...after.lead, untold: later }, effects: after.effects, instructions }
}

/** When the flow's own time is to come to it, in ms; null while it waits for what the leg brings: that comes by itself. */
export const wakesAt = ({ state: { phase, wakeAt } }: Lead): number | null =>
  phase.is === 'waiting' || phase.is === 'looking-up' ? wakeAt : null

function led(before: Lead, state: FlowState, effects: readonly Effect[], { now }: World): Led {
  const music = effects.findLast((effect) => effect.do === 'music')?.url ?? before.music
  const isAsked = effects.some((effect) => effect.do === 'ask')
  const patience = isAsked && state.wakeAt !== null ? state.wakeAt - now : before.patience
  const untold = [...before.untold, ...effects.filter(concernsLeg)]
  return { lead: { state, untold, music, patience }, effects }
}

const concernsLeg = ({ do: what }: Effect): boolean => !['lookup', 'set', 'queue', 'music', 'report'].includes(what)

/** How long somebody who waits without music hears nothing before they ask again, in seconds. */
const SILENT = 10
/** A message is over when nothing was said for so long, in seconds. */
const SILENCE = 5
/** A text of a flow may grow by what is filled in. */
const LONGEST_TEXT = 3_000
/** Of a sound of a flow, in characters. */
const LONGEST_ADDRESS = 500

/** What can be told at once, and what is left. With the former there is room for a piece of music. */
function halves(untold: readonly Effect[]): [readonly Effect[], readonly Effect[]] {
  let [count, length] = [0, 0]
  for (const [n, prompts] of untold.map(promptsOf).entries()) {
    count += prompts.length
    length += prompts.reduce((sum, prompt) => sum + lengthOf(prompt), 0)
    if (count >= MOST_PROMPTS || length > MOST_HEARD - LONGEST_ADDRESS) return [untold.slice(0, n), untold.slice(n)]
  }
  return [untold, []]
}

function instructionsOf({ state, untold, music, patience }: Lead, hasMore: boolean): Instructions {
  const prompts = untold.flatMap(promptsOf)
  if (hasMore) return { prompts, end: { do: 'ask' } }
  const end = endOf(untold, prompts, patience)
  if (end !== undefined) return { prompts: end.do === 'listen' ? [] : prompts, end }
  if (isAlone(state.phase)) return { prompts, end: { do: 'hangup' } }
  const heard = [...prompts, meanwhile(state.phase, music)]
  if (state.phase.is !== 'waiting') return { prompts: heard, end: { do: 'ask' } }
  return { prompts: [], end: { do: 'listen', prompts: heard, digits: { most: 1 }, seconds: 1 } }
}

/** What the flow takes from what the leg came back with; null: nothing that concerns it. */
function inputOf(outcome: Outcome, { is }: Phase): Input | null {
  switch (outcome.of) {
    case 'digits':
      return { type: 'digits', digits: outcome.digits }
    case 'speech':
      return { type: 'said', text: outcome.text }
    case 'dial':
      return { type: 'dialled', answered: outcome.cause === 'completed' }
    case 'recording':
      return { type: 'recorded' }
    case 'nothing':
      // Whoever left no message goes on as well; for all else it depends on whether its time has come.
      return is === 'recording' ? { type: 'recorded' } : { type: 'time' }
    case 'room':
      return null
  }
}

function promptsOf(effect: Effect): Prompt[] {
  if (effect.do === 'play') return [{ do: 'play', url: effect.url, times: 1 }]
  if (effect.do !== 'say' && effect.do !== 'ask') return []
  const { text, language } = effect
  return text === '' ? [] : [{ do: 'say', text: text.slice(0, LONGEST_TEXT), language }]
}

/** What the flow has the leg do, as it last said; undefined: nothing. */
function endOf(effects: readonly Effect[], prompts: Prompt[], patience: number): Ending | undefined {
  for (const effect of effects.toReversed()) {
    switch (effect.do) {
      case 'ask':
        return listen(effect, prompts, patience)
      case 'record':
        return { do: 'record', most: secondsOf(effect.most, 3_600), silence: SILENCE, finish: '#', beep: true }
      case 'dial': {
        const seconds = Math.max(5, secondsOf(effect.timeout, 120))
        return { do: 'dial', to: [{ is: 'number', number: effect.number }], seconds, record: false }
      }
      case 'hangup':
      case 'callback':
        return { do: 'hangup' }
    }
  }
  return undefined
}

/** All that was said since may be interrupted: who knows the menu does not hear it out. The flow's patience begins after it. */
function listen(ask: Extract<Effect, { do: 'ask' }>, prompts: Prompt[], patience: number): Ending {
  const { digits, language, hints } = ask
  return {
    do: 'listen',
    prompts,
    ...(digits && { digits: { most: digits.most, ...(digits.most > digits.least && { finish: '#' as const }) } }),
    speech: { language, hints: hints.filter((hint) => hint.length <= 100).slice(0, 100) },
    seconds: secondsOf(patience, 60),
  }
}

const secondsOf = (ms: number, most: number) => Math.min(most, Math.max(1, Math.ceil(ms / 1_000)))

/** What is heard while something else is waited for; a look-up is soon answered. */
function meanwhile({ is }: Phase, music: string | null): Prompt {
  if (is === 'looking-up') return { do: 'pause', seconds: 1 }
  return music === null ? { do: 'pause', seconds: SILENT } : { do: 'play', url: music, times: 1 }
}

/** Whether nobody is to talk with the caller any more. */
const isAlone = (phase: Phase): boolean =>
  phase.is === 'over' && ['hung-up', 'connected', 'callback', 'gone'].includes(phase.how)
