/** Instructions by chance, and addresses for what they hand out. */
import fc from 'fast-check'
import type { LegId } from '../../../core/call/events.ts'
import type { Ending, Instructions, Prompt, Target } from '../../../core/call/instructions.ts'
import type { Address, Errand } from '../../../worker/channels/voice/carrier.ts'

export const LEG = 'v3:leg-1_A' as LegId

/** An address that says all of its hook, in a query with everything that has to be escaped. */
export const addressOf: Address = (hook) =>
  `https://parley.example/channels/voice?${new URLSearchParams({ hook: JSON.stringify(hook), sig: 'a+/=&"<' })}`

export const errand = (next = 1): Errand => ({ leg: LEG, next, address: addressOf })

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
const language = fc.constantFrom('en', 'de', 'zh', 'zh-Hant', 'zh-HK', 'pt-BR', 'ja')
const seconds = fc.integer({ min: 1, max: 60 })
const key = fc.constantFrom('#', '*', '0', undefined)

export const prompt: fc.Arbitrary<Prompt> = fc.oneof(
  fc.record({ do: fc.constant('say' as const), text: words, language }),
  fc.record({ do: fc.constant('play' as const), url: fc.webUrl({ withQueryParameters: true }), times: seconds }),
  fc.record({ do: fc.constant('pause' as const), seconds }),
)
const prompts = fc.array(prompt, { maxLength: 4 })

const target: fc.Arbitrary<Target> = fc.constantFrom<Target[]>(
  { is: 'number', number: '+4930123456' },
  { is: 'sip', uri: "sip:o'neil&co@pbx.example;transport=tls" },
  { is: 'client', name: 'olga' },
)

const digits = fc.record({ most: fc.integer({ min: 1, max: 32 }), finish: key })
const speech = fc.record({ language, hints: fc.array(words, { maxLength: 3 }) })

export const ending: fc.Arbitrary<Ending> = fc.oneof(
  fc.constant({ do: 'ask' as const }),
  fc.record({ do: fc.constant('listen' as const), prompts, digits, seconds }),
  fc.record({ do: fc.constant('listen' as const), prompts, speech, seconds }),
  fc.record({
    do: fc.constant('join' as const),
    room: fc.constant('room-1'),
    part: fc.constantFrom(
      { as: 'caller' as const },
      { as: 'agent' as const },
      { as: 'listener' as const },
      { as: 'coach' as const, of: LEG },
    ),
    record: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('dial' as const),
    to: fc.array(target, { minLength: 1, maxLength: 3 }),
    seconds: fc.integer({ min: 5, max: 120 }),
    record: fc.boolean(),
  }),
  fc.record({ do: fc.constant('record' as const), most: seconds, silence: seconds, finish: key, beep: fc.boolean() }),
  fc.constant({ do: 'hangup' as const }),
)

export const instructions: fc.Arbitrary<Instructions> = fc.record({ prompts, end: ending })
