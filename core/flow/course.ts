/** A flow on its way from one input to the next: what it has come to, and what is to be done. Lives for one step only. */
import { own } from '../own.ts'
import type { AttributeValue } from '../protocol/conversation.ts'
import type { Flow, FlowNode, FlowText, Refuge } from '../protocol/flow.ts'
import { abilities } from './channels.ts'
import type { Effect, FlowEnd, FlowState, Frame, Outcome, Phase, Program, World } from './program.ts'
import { type Context, textIn } from './values.ts'

/** What takes its own time says when it is over; if it does not, the flow goes on this long after that, in ms. */
export const LATE = 15_000
/** How long the number of a fallback is rung, in ms. */
const DIALLED = 30_000

/** A node that is there, and the flow in which it is. */
export interface Place {
  readonly flow: Flow
  readonly node: FlowNode
}

export class Course {
  readonly program: Program
  readonly world: World
  #state: FlowState
  readonly #effects: Effect[] = []

  constructor(program: Program, state: FlowState, world: World) {
    this.program = program
    this.#state = state
    this.world = world
  }

  get state(): FlowState {
    return this.#state
  }

  get outcome(): Outcome {
    return { state: this.#state, effects: this.#effects }
  }

  /** Where it stands; undefined when there is no such node. */
  get place(): Place | undefined {
    const frame = this.#state.stack.at(-1)
    const flow = frame === undefined ? undefined : own(this.program.flows, frame.flow)
    const node = frame === undefined || flow === undefined ? undefined : own(flow.nodes, frame.node)
    return flow === undefined || node === undefined ? undefined : { flow, node }
  }

  context(flow: Flow): Context {
    return { flow, state: this.#state, world: this.world }
  }

  do(effect: Effect): void {
    this.#effects.push(effect)
  }

  say(flow: Flow, text: FlowText | undefined): void {
    if (text === undefined) return
    const words = textIn(this.context(flow), text)
    if (words !== '') this.do({ do: 'say', text: words, language: this.#state.language ?? flow.language })
  }

  play(flow: Flow, sound: string, how: 'play' | 'music'): void {
    const found = own(flow.sounds, sound)
    if (found !== undefined) this.do({ do: how, url: found.url })
  }

  note(values: Readonly<Record<string, AttributeValue | null>>): void {
    const noted = { ...this.#state.noted }
    const attributes: Record<string, AttributeValue | null> = {}
    for (const [name, value] of Object.entries(values)) {
      const [about, key = ''] = name.split('.')
      if (about === 'conversation') attributes[key] = value
      else if (value === null) delete noted[name]
      else noted[name] = value
    }
    this.#state = { ...this.#state, noted }
    if (Object.keys(attributes).length > 0) this.do({ do: 'set', attributes })
  }

  speak(language: string): void {
    this.#state = { ...this.#state, language }
  }

  /** To another node of the same flow. */
  goTo(node: string): void {
    const { stack } = this.#state
    const here = stack.at(-1)
    if (here !== undefined) this.#stand([...stack.slice(0, -1), { flow: here.flow, node }])
  }

  /** Into another flow; whoever comes back from it is at `next`. */
  enter(flow: string, next: string): void {
    this.goTo(next)
    const start = own(this.program.flows, flow)?.start ?? ''
    this.#stand([...this.#state.stack, { flow, node: start }])
  }

  /** Back to the flow that led here; false when none did. */
  comeBack(): boolean {
    const { stack } = this.#state
    if (stack.length < 2) return false
    this.#stand(stack.slice(0, -1))
    return true
  }

  #stand(stack: readonly Frame[]): void {
    this.#state = { ...this.#state, stack, asked: 0 }
  }

  /** Waits for something, for `patience` ms at the most; null: for ever. */
  wait(phase: Phase, patience: number | null): void {
    const wakeAt = patience === null ? null : this.world.now + patience
    this.#state = { ...this.#state, phase, wakeAt }
  }

  asked(): void {
    this.#state = { ...this.#state, asked: this.#state.asked + 1 }
  }

  end(how: FlowEnd): void {
    this.wait({ is: 'over', how }, null)
  }

  /** To where somebody is looked after in any case. */
  takeRefuge(how: 'person' | 'broken'): void {
    const outermost = own(this.program.flows, this.#state.stack[0]?.flow ?? '')
    const refuge: Refuge = outermost?.fallback ?? { do: 'queue' }
    if (refuge.do === 'transfer' && abilities[this.world.channel].cannot.transfer === undefined) {
      this.do({ do: 'dial', number: refuge.number, timeout: DIALLED })
      return this.wait({ is: 'refuge', how }, DIALLED + LATE)
    }
    if (refuge.do === 'hangup' && outermost !== undefined) {
      this.say(outermost, refuge.text)
      this.do({ do: 'hangup' })
    } else this.do({ do: 'queue', plan: refuge.do === 'queue' ? (refuge.plan ?? null) : null })
    this.end(how)
  }

  /** It cannot go on. */
  break(problem: string): void {
    this.do({ do: 'report', problem })
    this.takeRefuge('broken')
  }
}
