/** What the chat says first, as pages are told of it. */
import { expect, it } from 'vitest'
import { Config } from '../../core/protocol/config.ts'
import { nudgesOf } from '../../core/widget/nudges.ts'
import { input } from './../fixtures/config.ts'

const monday = (time: string) => Date.parse(`2026-11-23T${time}:00Z`)
const config = Config.parse({
  ...input,
  hours: { day: { zone: 'UTC', weekly: { mon: [{ from: '09:00', to: '17:00' }] } } },
  widget: {
    hours: 'day',
    nudges: {
      plans: { text: { en: 'Which plan?', zh: '选择方案？' }, page: '/pricing', after: 5 },
      hi: { text: { zh: '您好' } },
    },
  },
})

it('NU1: a page is told of those in its reader’s language, and of none while the chat is closed', () => {
  expect(nudgesOf(config, 'en-GB', monday('10:00'))).toEqual([
    { id: 'plans', text: 'Which plan?', page: '/pricing', after: 5, visits: 1 },
  ])
  expect(nudgesOf(config, 'zh-CN', monday('10:00')).map(({ id }) => id)).toEqual(['plans', 'hi'])
  expect(nudgesOf(config, 'de', monday('10:00'))).toEqual([])
  expect(nudgesOf(config, 'zh', monday('17:00'))).toEqual([])
  const { hours: _, ...widget } = config.widget
  expect(nudgesOf({ ...config, widget }, 'zh', monday('17:00'))).toHaveLength(2)
})
