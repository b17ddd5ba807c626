/** Opening hours, by example and against Temporal at every change of every zone's clocks. */
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { HORIZON, isOpen, nextChange } from '../../core/calendar/hours.ts'
import { instantOf, isZone, offsetAt } from '../../core/calendar/zone.ts'
import { Config, Hours, type HoursSpan, weekdays } from '../../core/protocol/config.ts'

const office = Hours.parse({
  zone: 'Europe/Berlin',
  weekly: {
    ...Object.fromEntries(['mon', 'tue', 'wed', 'thu'].map((day) => [day, [{ from: '09:00', to: '17:30' }]])),
    fri: [
      { from: '13:00', to: '16:00' },
      { from: '09:00', to: '12:00' },
    ],
    sat: [{ from: '22:00', to: '02:00' }],
  },
  exceptions: { '2026-12-25': { name: 'Christmas' }, '2026-12-26': { open: [{ from: '10:00', to: '11:00' }] } },
})
const berlin = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Berlin').epochMilliseconds
const change = (hours: Hours, at: number) => {
  const next = nextChange(hours, at)
  return next === null ? null : Temporal.Instant.fromEpochMilliseconds(next).toString()
}

describe('opening hours', () => {
  it.each([
    ['2026-11-23T08:59:59.999', false, '2026-11-23T09:00'],
    ['2026-11-23T09:00', true, '2026-11-23T17:30'],
    ['2026-11-23T17:29:59.999', true, '2026-11-23T17:30'],
    ['2026-11-23T17:30', false, '2026-11-24T09:00'],
    ['2026-11-27T12:30', false, '2026-11-27T13:00'],
    ['2026-11-27T16:00', false, '2026-11-28T22:00'],
    ['2026-11-28T23:00', true, '2026-11-29T02:00'],
    ['2026-11-29T01:59', true, '2026-11-29T02:00'],
    ['2026-11-29T02:00', false, '2026-11-30T09:00'],
  ])('CA1 at %s: open %s, until %s', (at, open, until) => {
    expect(isOpen(office, berlin(at))).toBe(open)
    expect(nextChange(office, berlin(at))).toBe(berlin(until))
  })

  it('CA2 give way to a date of their own: closed, or other times', () => {
    expect(isOpen(office, berlin('2026-12-25T10:00'))).toBe(false)
    expect(nextChange(office, berlin('2026-12-24T18:00'))).toBe(berlin('2026-12-26T10:00'))
    expect(nextChange(office, berlin('2026-12-26T10:30'))).toBe(berlin('2026-12-26T11:00'))
    // The Saturday's own night is gone with its hours.
    expect(isOpen(office, berlin('2026-12-26T23:00'))).toBe(false)
  })

  it('CA2 of the night before go on into a closed date', () => {
    const weekly = { thu: [{ from: '20:00', to: '03:00' }] }
    const night = Hours.parse({ zone: 'Europe/Berlin', weekly, exceptions: { '2026-12-25': {} } })
    expect(isOpen(night, berlin('2026-12-25T02:00'))).toBe(true)
    expect(nextChange(night, berlin('2026-12-25T02:00'))).toBe(berlin('2026-12-25T03:00'))
  })

  it('CA1 that touch or overlap are one opening', () => {
    const always = Object.fromEntries(weekdays.map((day) => [day, [{ from: '00:00', to: '24:00' }]]))
    const through = Hours.parse({ zone: 'Europe/Berlin', weekly: always, exceptions: { '2027-01-01': {} } })
    expect(isOpen(through, berlin('2026-12-05T00:00'))).toBe(true)
    expect(nextChange(through, berlin('2026-12-05T12:00'))).toBe(berlin('2027-01-01T00:00'))
    expect(nextChange(through, berlin('2027-01-01T12:00'))).toBe(berlin('2027-01-02T00:00'))
    const spans = [
      { from: '09:00', to: '12:00' },
      { from: '10:00', to: '11:00' },
      { from: '12:00', to: '13:00' },
      { from: '20:00', to: '04:00' },
    ]
    const mixed = Hours.parse({ zone: 'Europe/Berlin', weekly: { mon: spans, tue: [{ from: '03:00', to: '05:00' }] } })
    expect(nextChange(mixed, berlin('2026-11-23T09:30'))).toBe(berlin('2026-11-23T13:00'))
    expect(nextChange(mixed, berlin('2026-11-23T21:00'))).toBe(berlin('2026-11-24T05:00'))
  })

  it('CA4 that never change have no next change, and one too far away is not looked for', () => {
    const always = Object.fromEntries(weekdays.map((day) => [day, [{ from: '00:00', to: '24:00' }]]))
    const at = berlin('2026-11-23T12:00')
    expect(nextChange(Hours.parse({ zone: 'UTC' }), at)).toBeNull()
    expect(nextChange(Hours.parse({ zone: 'Europe/Berlin', weekly: always }), at)).toBeNull()
    const once = (date: string) => ({ [date]: { open: [{ from: '10:00', to: '11:00' }] } })
    const soon = Hours.parse({ zone: 'UTC', exceptions: once('2027-12-20') })
    expect(change(soon, at)).toBe('2027-12-20T10:00:00Z')
    expect(change(soon, Date.UTC(2027, 11, 20, 10, 30))).toBe('2027-12-20T11:00:00Z')
    expect(change(Hours.parse({ zone: 'UTC', exceptions: once('2028-12-20') }), at)).toBeNull()
    expect(HORIZON).toBe(400)
  })

  it('CA3 begin and end with the jump where their time is skipped, and the first time where it comes twice', () => {
    const early = (from: string, to: string) => Hours.parse({ zone: 'Europe/Berlin', weekly: { sun: [{ from, to }] } })
    // 02:00 to 03:00 is skipped on 29 March and comes twice on 25 October.
    expect(change(early('02:30', '05:00'), Date.UTC(2026, 2, 28))).toBe('2026-03-29T01:00:00Z')
    expect(change(early('02:15', '02:45'), Date.UTC(2026, 2, 28))).toBe('2026-04-05T00:15:00Z')
    expect(change(early('02:30', '05:00'), Date.UTC(2026, 9, 24))).toBe('2026-10-25T00:30:00Z')
    expect(change(early('01:00', '02:30'), Date.UTC(2026, 9, 25))).toBe('2026-10-25T00:30:00Z')
    expect(isOpen(early('01:00', '02:30'), Date.UTC(2026, 9, 25, 1, 15))).toBe(false)
  })
})

describe('the schema of opening hours', () => {
  it('CA5 takes what is left out for closed', () => {
    expect(Hours.parse({ zone: 'Asia/Shanghai' })).toEqual({ zone: 'Asia/Shanghai', weekly: {}, exceptions: {} })
    expect(Hours.parse({ zone: 'UTC', exceptions: { '2028-02-29': {} } }).exceptions).toEqual({
      '2028-02-29': { name: '', open: [] },
    })
  })

  it('CA5 takes configurations without hours, and has none', () => {
    const plain = { organisation: 'Acme', queues: {}, plans: {}, entrances: { chat: 'chat' }, agents: {} }
    expect(Config.parse(plain).hours).toEqual({})
    expect(Config.parse({ ...plain, hours: { shop: { zone: 'UTC' } } }).hours['shop']?.zone).toBe('UTC')
  })

  it.each([
    [{ zone: 'Mars/Phobos' }, 'zone'],
    [{ zone: '+01:00' }, 'zone'],
    [{ zone: '' }, 'zone'],
    [{}, 'zone'],
    [{ zone: 'UTC', weekly: { monday: [] } }, 'weekly'],
    [{ zone: 'UTC', weekly: { mon: [{ from: '24:00', to: '01:00' }] } }, 'weekly.mon.0.from'],
    [{ zone: 'UTC', weekly: { mon: [{ from: '9:00', to: '10:00' }] } }, 'weekly.mon.0.from'],
    [{ zone: 'UTC', weekly: { mon: [{ from: '09:00', to: '24:30' }] } }, 'weekly.mon.0.to'],
    [{ zone: 'UTC', weekly: { mon: [{ from: '09:00', to: '09:00' }] } }, 'weekly.mon.0'],
    [{ zone: 'UTC', exceptions: { '2026-02-29': {} } }, 'exceptions.2026-02-29'],
  ])('CA5 refuses %j by its field', (input, field) => {
    const parsed = Hours.safeParse(input)
    expect(parsed.error?.issues[0]?.path.join('.')).toBe(field)
  })

  it('CA5 knows every zone of the runtime', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toEqual([])
  })
})

describe('every change of every clock, 2000 to 2037', () => {
  const daily = (...spans: HoursSpan[]) => Object.fromEntries(weekdays.map((day) => [day, spans]))
  /** Most clocks change between 23:00 and 04:00. */
  const schedules = [
    [
      { from: '00:30', to: '02:15' },
      { from: '22:00', to: '00:00' },
    ],
    [{ from: '02:30', to: '23:30' }],
  ]

  it('CA3 is met as Temporal meets it, at the change and a second before and after', () => {
    const wrong: string[] = []
    let count = 0
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const changes = changesOf(zone)
      count += changes.length
      for (const spans of schedules) {
        const hours = Hours.parse({ zone, weekly: daily(...spans) })
        for (const change of changes) {
          const openings = openingsAround(change, spans)
          for (const moment of [change.at - 1_000, change.at, change.at + 1_000]) {
            const open = openings.find(({ from, to }) => from <= moment && moment < to)
            const next = open?.to ?? openings.find(({ from }) => from > moment)?.from
            const isRight = isOpen(hours, moment) === (open !== undefined) && nextChange(hours, moment) === next
            if (!isRight) wrong.push(`${zone} at ${moment}`)
          }
        }
      }
    }
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(10_000)
  }, 60_000)

  interface Change {
    readonly at: number
    readonly before: Temporal.ZonedDateTime
    readonly after: Temporal.ZonedDateTime
  }

  function changesOf(zone: string): Change[] {
    const found: Change[] = []
    const start = Temporal.ZonedDateTime.from({ timeZone: zone, year: 2000, month: 1, day: 1 })
    for (let now = start.getTimeZoneTransition('next'); now !== null && now.year < 2038; ) {
      found.push({ at: now.epochMilliseconds, before: now.subtract({ seconds: 1 }), after: now })
      now = now.getTimeZoneTransition('next')
    }
    return found
  }

  /** Zones that make the same change at the same instant share their openings around it; Temporal is slow. */
  const shared = new Map<string, readonly { from: number; to: number }[]>()

  /** What a daily schedule opens around a change, by Temporal: in order, and what touches put together. */
  function openingsAround({ at, before, after }: Change, spans: readonly HoursSpan[]) {
    const key = JSON.stringify([at, before.offset, after.offset, spans])
    const found = shared.get(key)
    if (found !== undefined) return found
    const openings: { from: number; to: number }[] = []
    const last = after.toPlainDate().add({ days: 1 })
    let date = before.toPlainDate().subtract({ days: 1 })
    for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
      for (const { from, to } of spans) {
        const end = to > from ? date : date.add({ days: 1 })
        const opening = { from: reached(after.timeZoneId, date, from), to: reached(after.timeZoneId, end, to) }
        const open = openings.at(-1)
        if (opening.from >= opening.to) continue
        if (open !== undefined && opening.from <= open.to) open.to = Math.max(open.to, opening.to)
        else openings.push(opening)
      }
    }
    shared.set(key, openings)
    return openings
  }

  /** The first instant at which the clocks read this. */
  function reached(zone: string, date: Temporal.PlainDate, clock: string): number {
    const wall = date.toPlainDateTime(clock)
    const found = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
    if (found.toPlainDateTime().equals(wall)) return found.epochMilliseconds
    // Skipped: Temporal gives an instant before the jump.
    return found.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.NaN
  }
})

describe('clocks', () => {
  it('CA3 of zones with seconds in their offset, and of skipped days, are read right', () => {
    expect(offsetAt('Africa/Monrovia', 0)).toBe(-2_670_000)
    expect(offsetAt('Asia/Kathmandu', Date.UTC(2026, 0))).toBe(20_700_000)
    expect(offsetAt('UTC', 0)).toBe(0)
    // Samoa had no 30 December 2011.
    const jump = Date.UTC(2011, 11, 30, 10)
    for (const hour of [0, 12, 23]) expect(instantOf('Pacific/Apia', Date.UTC(2011, 11, 30, hour))).toBe(jump)
    expect(instantOf('Pacific/Apia', Date.UTC(2011, 11, 29, 23))).toBe(jump - 3_600_000)
    expect(instantOf('Pacific/Apia', Date.UTC(2011, 11, 31, 1))).toBe(jump + 3_600_000)
  })
})
