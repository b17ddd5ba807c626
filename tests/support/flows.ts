/** Flows made up by chance, and somebody who goes through one. */
import fc from 'fast-check'
import type { Channel } from '../../core/flow/channels.ts'
import type { Around } from '../../core/flow/check.ts'
import type { Effect, FlowState, Input, Program, World } from '../../core/flow/program.ts'
import { begin, step } from '../../core/flow/run.ts'
import { Flow, type FlowInput } from '../../core/protocol/flow.ts'

const always = { zone: 'Etc/UTC', weekly: {}, exceptions: {} }
export const around = (flows: Record<string, Flow>): Around => ({
  flows,
  plans: null,
  hours: { office: always },
  attributes: { customer: {}, conversation: { order: { type: 'text', name: 'Order' } } },
  entrances: {},
})
export const programOf = (flows: Record<string, Flow>, flow = 'main'): Program => ({
  flow,
  flows,
  hours: { office: always },
})
export const flowOf = (nodes: FlowInput['nodes'], more: Partial<FlowInput> = {}): Flow =>
  Flow.parse({ name: 'Main', start: Object.keys(nodes)[0], nodes, ...more })

/** Somebody who goes through a flow; what was done is kept in order. */
export class Walk {
  readonly program: Program
  readonly done: Effect[] = []
  world: World
  state: FlowState

  constructor(program: Program, channel: Channel = 'voice', values: World['values'] = {}) {
    this.program = program
    this.world = { now: 1_000_000, channel, values }
    const { state, effects } = begin(program, this.world)
    this.state = state
    this.done.push(...effects)
  }

  take(input: Input): this {
    const { state, effects } = step(this.program, this.state, input, this.world)
    this.state = state
    this.done.push(...effects)
    return this
  }

  say(text: string): this {
    return this.take({ type: 'said', text })
  }

  press(digits: string): this {
    return this.take({ type: 'digits', digits })
  }

  /** Nothing comes until its moment does. */
  silence(): this {
    this.world = { ...this.world, now: this.state.wakeAt ?? this.world.now }
    return this.take({ type: 'time' })
  }

  /** What was said and asked. */
  get said(): string[] {
    return this.done.flatMap((effect) => (effect.do === 'say' || effect.do === 'ask' ? [effect.text] : []))
  }

  get end(): string | null {
    return this.state.phase.is === 'over' ? this.state.phase.how : null
  }

  effects<D extends Effect['do']>(of: D): Extract<Effect, { do: D }>[] {
    return this.done.filter((effect): effect is Extract<Effect, { do: D }> => effect.do === of)
  }
}

const text = fc.constantFrom('One', 'Two', 'Yes', 'No')
const digits = ['1', '2', '3']

/**
 * A flow with so many nodes. `forwards`: what nobody's answer leads to lies further on, so that it goes round only with
 * answers; else everything leads anywhere, also where nothing is.
 */
export function anyFlow(forwards: boolean, sub?: string): fc.Arbitrary<FlowInput> {
  return fc.integer({ min: 2, max: 9 }).chain((size) => {
    const name = (n: number) => `n${n}`
    const nodes = Array.from({ length: size }, (_, n) => {
      const on = fc.integer({ min: forwards ? n + 1 : 0, max: forwards ? size : size + 1 }).map(name)
      const anywhere = fc.integer({ min: 0, max: forwards ? size : size + 1 }).map(name)
      return anyNode(on, anywhere, sub)
    })
    return fc.tuple(...nodes).map((all) => ({
      name: 'Any',
      start: 'n0',
      nodes: { ...Object.fromEntries(all.map((node, n) => [name(n), node])), [name(size)]: { do: 'queue' as const } },
      sounds: { tune: { url: 'https://shop.example/tune.mp3' } },
    }))
  })
}

function anyNode(
  on: fc.Arbitrary<string>,
  anywhere: fc.Arbitrary<string>,
  sub: string | undefined,
): fc.Arbitrary<FlowInput['nodes'][string]> {
  const is = <D extends string>(name: D) => fc.constant(name)
  const asking = {
    prompt: text,
    tries: fc.integer({ min: 1, max: 3 }),
    wrong: fc.option(text, { nil: undefined }),
    otherwise: on,
  }
  const menu = fc.tuple(anywhere, anywhere, anywhere).map((nexts) =>
    nexts.map((next, n) => ({
      id: `o${n}`,
      label: `Option ${n}`,
      digit: digits[n] ?? '9',
      words: [`word${n}`],
      next,
    })),
  )
  const languages = [
    { language: 'en', label: 'English', digit: '1' },
    { language: 'zh', label: '中文', digit: '2' },
  ]
  return fc.oneof(
    fc.record({ do: is('say'), text, next: on }),
    fc.record({ do: is('play'), sound: is('tune'), next: on }),
    fc.record({ do: is('menu'), ...asking, options: menu }),
    fc.record({
      do: is('collect'),
      ...asking,
      expected: fc.constantFrom({ is: 'digits' as const, least: 2, most: 4 }, { is: 'text' as const }),
      into: fc.constantFrom('flow.a', 'conversation.order'),
      next: anywhere,
    }),
    fc.record({ do: is('language'), ...asking, options: fc.constant(languages), next: anywhere }),
    fc.record({ do: is('hours'), hours: is('office'), open: on, closed: on }),
    fc.record({
      do: is('branch'),
      cases: fc.record({ next: on }).map(({ next }) => [{ when: [{ value: 'flow.a', is: 'known' as const }], next }]),
      otherwise: on,
    }),
    fc.record({
      do: is('lookup'),
      url: is('https://shop.example/x'),
      keep: fc.constant({ 'flow.b': 'b' }),
      next: on,
      otherwise: on,
    }),
    fc.record({ do: is('set'), values: fc.constant({ 'flow.a': 'x', 'conversation.order': null }), next: on }),
    fc.record({
      do: is('queue'),
      waiting: fc.option(
        fc.constant({ music: 'tune', callback: { after: 5_000, prompt: 'Press 5', digit: '5', said: 'We will' } }),
        { nil: undefined },
      ),
    }),
    fc.record({ do: is('voicemail'), prompt: text, next: on }),
    fc.record({ do: is('transfer'), number: is('+4930123456'), otherwise: on }),
    fc.record({ do: is('hangup'), text }),
    ...(sub === undefined
      ? [fc.record({ do: is('return') })]
      : [fc.record({ do: is('flow'), flow: is(sub), next: on })]),
  )
}

export const anyInput: fc.Arbitrary<Input | 'silence'> = fc.oneof(
  fc.constant('silence' as const),
  fc.constantFrom('1', '2', '3', '5', '77', '0').map((each) => ({ type: 'digits' as const, digits: each })),
  fc.constantFrom('word1', 'Option 2', 'hm', '中文', '').map((each) => ({ type: 'said' as const, text: each })),
  fc.constantFrom('o0', 'o1', 'zh', 'x').map((id) => ({ type: 'chosen' as const, id })),
  fc.jsonValue().map((answer) => ({ type: 'looked-up' as const, answer })),
  fc.constant({ type: 'not-looked-up' as const }),
  fc.constant({ type: 'recorded' as const }),
  fc.boolean().map((answered) => ({ type: 'dialled' as const, answered })),
)
