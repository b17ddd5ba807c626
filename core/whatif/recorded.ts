/** A day's traffic from what the record holds of it. */
import type { Shift, Traffic } from '../protocol/whatif.ts'
import type { Span } from '../reports/figures.ts'
import type { Lived } from './centre.ts'
import { occupiedIn, quartersOf } from './figures.ts'
import { contactsOf, type Stay } from './stays.ts'

/** `stays` are those that ended in the day or soon after; `now`: until when what still lasts has lasted, in ms. */
export function trafficOf(stays: Iterable<Stay>, times: Lived['times'], day: Span, now: number): Traffic {
  const quarters = quartersOf(day)
  const occupied = occupiedIn(times, quarters, now).map((each, n) => ({ from: quarters[n]?.from ?? day.from, ...each }))
  return { ...day, contacts: contactsOf(stays, day), shifts: shiftsOf(times, day, now), occupied }
}

/** When agents took contacts: available, a console there, and not away for missed offers. */
function shiftsOf(times: Lived['times'], { from, to }: Span, now: number): Shift[] {
  const shifts: Shift[] = []
  const last = new Map<string, number>()
  for (const { agent, time } of times) {
    const { presence, connected, notResponding, beganAt, endedAt } = time
    const shift = { agent, from: Math.max(beganAt, from), to: Math.min(endedAt ?? now, to) }
    if (presence !== 'available' || !connected || notResponding || shift.to <= shift.from) continue
    const n = last.get(agent)
    const before = n === undefined ? undefined : shifts[n]
    // What follows without a gap is the same shift: only with or without a contact.
    if (n !== undefined && before?.to === shift.from) shifts[n] = { ...before, to: shift.to }
    else last.set(agent, shifts.push(shift) - 1)
  }
  return shifts.sort((a, b) => a.from - b.from)
}
