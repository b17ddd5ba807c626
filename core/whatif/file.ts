/** A day's traffic and its agents as CSV files: written, and read with the line and column of what is wrong. */

import { media } from '../protocol/media.ts'
import { mostContacts, Shift, type Traffic, TrafficContact } from '../protocol/whatif.ts'
import { ok, type Result, refuse } from '../result.ts'
import { csvLine } from '../text/csv.ts'
import { readCsv } from '../text/csv-read.ts'
import { QUARTER } from './figures.ts'

/** How a cell is read; undefined: not so. */
type Read = (cell: string) => unknown

const optional = (cell: string) => (cell === '' ? null : cell)
const instant = (cell: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(cell) && !Number.isNaN(Date.parse(cell))
    ? Date.parse(cell)
    : undefined
const seconds = (cell: string) => (/^\d+(\.\d+)?$/.test(cell) ? Math.round(Number(cell) * 1_000) : undefined)

const INSTANT = 'an instant with its zone, as 2026-11-20T09:15:00Z or 2026-11-20T10:15:00+01:00'
const SECONDS = 'seconds, as 42 or 3.5'

interface Column {
  readonly read: Read
  /** What belongs there. */
  readonly wanted: string
  readonly required?: true
}

const contactColumns = {
  at: { read: instant, wanted: INSTANT, required: true },
  plan: { read: optional, wanted: 'the key of a plan, or nothing: the entrance’s' },
  queue: { read: optional, wanted: 'the key of a queue in which it waits without a plan, or nothing' },
  need: { read: (cell) => (cell === '' ? undefined : cell), wanted: 'an expression, as lang = zh and billing >= 3' },
  medium: { read: (cell) => (cell === '' ? 'chat' : cell), wanted: media.join(', ') },
  via: { read: optional, wanted: 'the queue out of which it was answered' },
  end: { read: (cell) => cell, wanted: 'answered, abandoned or other', required: true },
  waited: { read: seconds, wanted: SECONDS, required: true },
  ring: { read: (cell) => (cell === '' ? null : seconds(cell)), wanted: `${SECONDS}, or nothing` },
  talk: { read: (cell) => (cell === '' ? null : seconds(cell)), wanted: `${SECONDS}, or nothing` },
  wrap: { read: (cell) => (cell === '' ? null : seconds(cell)), wanted: `${SECONDS}, or nothing` },
} as const satisfies Record<keyof TrafficContact, Column>

const shiftColumns = {
  agent: { read: (cell) => (cell === '' ? undefined : cell), wanted: 'the id of an agent', required: true },
  from: { read: instant, wanted: INSTANT, required: true },
  to: { read: instant, wanted: INSTANT, required: true },
} as const satisfies Record<keyof Shift, Column>

/** The header: the columns may come in any order, and those that may be empty may be missing. */
export const contactHeader: readonly string[] = Object.keys(contactColumns)
export const shiftHeader: readonly string[] = Object.keys(shiftColumns)

export function readContacts(text: string): Result<TrafficContact[]> {
  const rows = readRows(text, contactColumns, (value) => TrafficContact.safeParse(value))
  if (!rows.ok) return rows
  if (rows.value.length > mostContacts) return refuse('bad_input', `there are more than ${mostContacts} contacts`)
  return ok(rows.value.sort((a, b) => a.at - b.at))
}

export function readShifts(text: string): Result<Shift[]> {
  return readRows(text, shiftColumns, (value) => Shift.safeParse(value))
}

/** The day of these contacts, from quarter to quarter. Without shifts all the agents named are there from its begin to its end. */
export function dayOf(
  contacts: readonly TrafficContact[],
  shifts: readonly Shift[] | null,
  agents: readonly string[],
): Traffic {
  const begins = contacts.map(({ at }) => at)
  const ends = contacts.map(({ at, waited, talk, wrap }) => at + waited + (talk ?? 0) + (wrap ?? 0))
  const from = Math.floor(least(begins) / QUARTER) * QUARTER
  const to = (Math.floor(-least(ends.map((end) => -end)) / QUARTER) + 1) * QUARTER
  return {
    from,
    to,
    contacts: [...contacts],
    shifts: [...(shifts ?? agents.map((agent) => ({ agent, from, to })))],
    occupied: [],
  }
}

const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)

export function writeContacts(contacts: readonly TrafficContact[]): string {
  const text = (value: number | null) => (value === null ? '' : String(value / 1_000))
  const line = (c: TrafficContact) => [
    iso(c.at),
    c.plan ?? '',
    c.queue ?? '',
    c.need ?? '',
    c.medium,
    c.via ?? '',
    c.end,
    text(c.waited),
    text(c.ring),
    text(c.talk),
    text(c.wrap),
  ]
  return [contactHeader, ...contacts.map(line)].map(csvLine).join('')
}

export function writeShifts(shifts: readonly Shift[]): string {
  return [shiftHeader, ...shifts.map(({ agent, from, to }) => [agent, iso(from), iso(to)])].map(csvLine).join('')
}

const iso = (at: number) => new Date(at).toISOString()

interface Parsed<T> {
  readonly success: boolean
  readonly data?: T
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
}

function readRows<T>(
  text: string,
  columns: Readonly<Record<string, Column>>,
  check: (value: object) => Parsed<T>,
): Result<T[]> {
  const [head, ...rows] = readCsv(text)
  if (head === undefined) return refuse('bad_input', 'line 1: the header is missing')
  const names = head.cells.map((cell) => cell.trim())
  for (const [n, name] of names.entries())
    if (!Object.hasOwn(columns, name) || names.indexOf(name) < n)
      return wrong(
        1,
        name,
        names.indexOf(name) < n ? 'is there twice' : `is not known; known are ${Object.keys(columns).join(', ')}`,
      )
  for (const [name, { required }] of Object.entries(columns))
    if (required === true && !names.includes(name)) return wrong(1, name, 'is missing')
  const values: T[] = []
  for (const { line, cells } of rows) {
    if (cells.length > names.length)
      return refuse('bad_input', `line ${line}: ${cells.length} cells under ${names.length} columns`)
    const value: Record<string, unknown> = {}
    for (const [name, { read, wanted, required }] of Object.entries(columns)) {
      const cell = (cells[names.indexOf(name)] ?? '').trim()
      const found = read(cell)
      if (found === undefined && (cell !== '' || required === true))
        return wrong(line, name, `expected ${wanted}, but found "${cell}"`)
      if (found !== undefined) value[name] = found
    }
    const { success, data, error } = check(value)
    if (!success || data === undefined) {
      const { path = [], message = '' } = error?.issues[0] ?? {}
      const name = String(path[0] ?? '')
      const column = Object.hasOwn(columns, name) ? columns[name] : undefined
      return wrong(
        line,
        name,
        `expected ${column?.wanted ?? message}${message.startsWith('Invalid') ? '' : ` (${message})`}`,
      )
    }
    values.push(data)
  }
  return ok(values)
}

const wrong = (line: number, column: string, why: string) =>
  refuse('bad_input', `line ${line}, column ${column}: ${why}`, { field: column })
