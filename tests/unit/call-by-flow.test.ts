/** Callers whom a flow leads, through every carrier's dialect: from its webhooks to its documents and back. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFlow } from '../../core/flow/file.ts'
import type { Input, Program } from '../../core/flow/program.ts'
import { Hours } from '../../core/protocol/config.ts'
import { Flow } from '../../core/protocol/flow.ts'
import { carrierNames } from '../../worker/channels/voice/carrier.ts'
import { carriers } from '../../worker/channels/voice/carriers.ts'
import { anyFlow, around, programOf } from '../support/flows.ts'
import { LedCall } from '../support/voice/led-call.ts'
import type { Happening } from '../support/voice/peers.ts'

const silence: Happening = { is: 'comes back' }
const press = (digits: string): Happening => ({ is: 'pressed', digits })
const quiet = 'https://shop.example.com/quiet.mp3'

function hotline(): Program {
  const text = readFileSync(join(import.meta.dirname, '../fixtures/flows/hotline.yaml'), 'utf8')
  const { flow } = readFlow(text, 'main', around({}))
  if (flow === null) throw new Error('the fixture is a flow')
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from: '00:00', to: '24:00' }]])
  const office = Hours.parse({ zone: 'Etc/UTC', weekly: Object.fromEntries(days) })
  return { ...programOf({ main: flow }), hours: { office } }
}

describe.each(carrierNames)('a caller whom a flow leads, by %s', (name) => {
  it('CL7 hears the menu in the language of choice, is asked again, and learns what was looked up when it is known', () => {
    const call = new LedCall(name, hotline()).tells(press('2'))
    expect(call.heard.at(-1)).toBe('订单请按 1，账单请按 2。')
    call.tells(press('9'))
    expect(call.heard.slice(-2)).toEqual(['没有听懂。', '订单请按 1，账单请按 2。'])
    call.later(20_000).tells(silence).tells(press('1')).tells(press('4711'))
    expect(call.done.find((effect) => effect.do === 'lookup')).toMatchObject({ send: { order: '4711' } })
    // It asks once more before the answer is there, and nothing is said twice.
    const before = call.heard.length
    call
      .tells(silence)
      .learns({ type: 'looked-up', answer: { order: { state: '已发货' } } })
      .tells(silence)
    expect(call.heard.slice(before)).toEqual(['您的订单：已发货。', '再见。'])
    expect(call.isOver).toBe(true)
  })

  it('CL7 waits with music and announcements, and takes the call back that was offered', () => {
    const call = new LedCall(name, hotline()).tells(press('1'))
    for (let n = 0; n < 3; n += 1) call.later(20_000).tells(silence)
    expect(call.heard.slice(-2)).toEqual(['One moment please.', quiet])
    call.world = { ...call.world, values: {}, place: 3 }
    call.tells(press('5'))
    expect(call.heard.at(-1)).toBe(quiet)
    call.later(61_000).tells(silence)
    expect(call.heard.slice(-2)).toEqual(['You are number 3.', quiet])
    // The offer falls due within the music: a key that was pressed before it was heard takes nothing.
    call.later(30_000).tells(press('5'))
    expect(call.heard.slice(-2)).toEqual(['To be called back press 5.', quiet])
    call.tells(press('5'))
    expect(call.heard.at(-1)).toBe('We will call you.')
    expect(call.done.at(-1)).toEqual({ do: 'callback' })
    expect(call.isOver).toBe(true)
  })

  it('VO10 hears all of a flow that says more than a carrier takes at once, and then the question', () => {
    const text = (n: number) => `${n}: ${'word '.repeat(190)}`
    const size = 30
    const says = Array.from({ length: size }, (_, n) => [
      `n${n}`,
      { do: 'say' as const, text: text(n), next: `n${n + 1}` },
    ])
    const menu = {
      do: 'menu' as const,
      prompt: 'Well?',
      options: [{ id: 'a', label: 'A', digit: '1', next: 'end' }],
      otherwise: 'end',
    }
    const nodes = { ...Object.fromEntries(says), [`n${size}`]: menu, end: { do: 'hangup' as const, text: 'Bye' } }
    const call = new LedCall(name, programOf({ main: Flow.parse({ name: 'Long', start: 'n0', nodes }) }))
    for (let n = 0; n < 10 && call.last?.end.do === 'ask'; n += 1) call.later(60_000).tells(silence)
    expect(call.heard).toEqual([...Array.from({ length: size }, (_, n) => text(n).trim()), 'Well?'])
    call.tells(press('1'))
    expect(call.heard.at(-1)).toBe('Bye')
  })

  it('CL7 hears all that the flow says, once and in its order, whatever happens: by chance', () => {
    fc.assert(
      fc.property(anyFlow(true), fc.array(anyTurn, { maxLength: 25 }), (nodes, turns) => {
        const flow = Flow.parse(nodes)
        fc.pre(carriers[name].caps.record || Object.values(flow.nodes).every((node) => node.do !== 'voicemail'))
        const call = new LedCall(name, programOf({ main: flow }))
        for (const turn of turns) {
          if (call.isOver) break
          call.later(turn.after)
          if (turn.learns !== undefined) call.learns(turn.learns)
          call.tells(happeningOf(call, turn))
        }
        const said = call.done.flatMap((effect) => {
          if (effect.do === 'say' || effect.do === 'ask') return [effect.text]
          return effect.do === 'play' ? [effect.url] : []
        })
        // What was played and not named by `play` is music.
        const words = (texts: readonly string[]) => texts.filter((text) => !text.startsWith('https:'))
        const untold = call.lead.untold.flatMap((effect) =>
          effect.do === 'say' || effect.do === 'ask' ? [effect.text] : [],
        )
        expect([...words(call.heard), ...untold]).toEqual(words(said))
      }),
      { numRuns: 150 },
    )
  })
})

interface Turn {
  readonly after: number
  readonly choice: number
  readonly learns: Input | undefined
}

const anyTurn: fc.Arbitrary<Turn> = fc.record({
  after: fc.constantFrom(0, 1_000, 8_000, 70_000),
  choice: fc.nat(5),
  learns: fc.option(
    fc.constantFrom<Input[]>({ type: 'looked-up', answer: { b: 'x' } }, { type: 'not-looked-up' }, { type: 'gone' }),
    { nil: undefined, freq: 4 },
  ),
})

/** What somebody could do who was told this last. */
function happeningOf({ last }: LedCall, { choice }: Turn): Happening {
  switch (last?.end.do) {
    case 'listen':
      return choice === 0
        ? silence
        : choice === 5 && last.end.speech
          ? { is: 'said', text: 'Option 2', confidence: 1 }
          : press(`${choice}`)
    case 'record':
      return choice > 2 ? silence : { is: 'recorded a message', url: 'https://carrier.example/1', seconds: 3 }
    case 'dial':
      return { is: 'dialled', status: choice > 2 ? 'completed' : 'busy', child: 'B' }
    default:
      return silence
  }
}
