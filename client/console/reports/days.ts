/** Days of a calendar in a time zone, and the instants at which they begin. */
import { instantOf, wallAt } from '../../../core/calendar/zone.ts'

const DAY = 86_400_000

/** As 2026-11-21. */
export const dayOf = (zone: string, at: number): string => new Date(wallAt(zone, at)).toISOString().slice(0, 10)

/** When a day begins in a zone, in ms; `later` days after it. NaN for what is no day. */
export function beginOf(zone: string, day: string, later = 0): number {
  const wall = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(wall) ? Number.NaN : instantOf(zone, wall + later * DAY)
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Every zone that the browser knows, the reader's own first. */
export const zones: readonly string[] = [...new Set([ownZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])]
