/** What routing asks of a configuration: refused with its place, or warned of. */
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../../core/book/check.ts'
import { warningsIn } from '../../../core/book/warnings.ts'
import type { ConfigInput, QueueConfig } from '../../../core/protocol/config.ts'

function config(where: string, more: Partial<ConfigInput> = {}): ConfigInput {
  return {
    organisation: 'Acme',
    queues: { sales: { name: 'Sales' } },
    plans: { chat: { name: 'Chat', steps: [step(where)], fallback } },
    entrances: { chat: 'chat' },
    agents: {
      ada: { name: 'Ada', queues: [{ queue: 'sales' }], attributes: { lang: ['zh'] }, skills: { billing: 3 } },
    },
    ...more,
  }
}
const fallback = { after: 60_000, notice: 'Nobody is free.' }
const step = (where: string) => ({ after: 0, queues: [{ queue: 'sales', need: { where } }] })
const field = 'plans.chat.steps.0.queues.0.need.where'

function warnings(input: ConfigInput): string[] {
  const checked = checkConfig(input)
  if (!checked.ok) throw new Error(checked.error.message)
  return [...warningsIn(checked.value)].map(({ field, message }) => `${field}: ${message}`)
}

describe('a configuration', () => {
  it.each([
    ['billing >= 11', 'column 12: expected a level from 0 to 10, but found 11'],
    ['(billing', 'column 9: expected "and", "or" or ")", but the text ends'],
    ['billing >= 3 and billing < 3', 'no agent whatsoever can meet this'],
  ])('RT1: with %s is refused: %s', (where, message) => {
    expect(checkConfig(config(where))).toMatchObject({ ok: false, error: { code: 'bad_input', field, message } })
  })

  it('RT1: names declared skills only, in expressions too', () => {
    const skills = { billing: { name: 'Billing' } }
    expect(checkConfig(config('billing and lang = zh', { skills }))).toMatchObject({ ok: true })
    expect(checkConfig(config('billing or not (legal and billing)', { skills }))).toMatchObject({
      error: { field, message: 'there is no skill legal' },
    })
  })

  it('RT1: is warned of a need that nobody in the queue meets', () => {
    expect(warnings(config('lang = zh and billing >= 3'))).toEqual([])
    expect(warnings(config('lang = zh and billing >= 4'))).toEqual([
      'plans.chat.steps.0.queues.0.need: no agent in sales meets this',
    ])
  })

  it('RT4: is warned of an order under which somebody may wait for ever', () => {
    const by = (contactOrder: QueueConfig['contactOrder']) =>
      warnings(config('billing', { queues: { sales: { name: 'Sales', contactOrder } } }))
    expect(by({ by: 'score', boosts: [{ by: 'grade', minutes: 5 }] })).toEqual([])
    expect(by({ by: 'list', list: [{ by: 'waiting', direction: 'desc' }] })).toEqual([])
    expect(by({ by: 'list', list: [{ by: 'grade', direction: 'desc' }] })).toEqual([
      expect.stringContaining('queues.sales.contactOrder: '),
    ])
  })
})
