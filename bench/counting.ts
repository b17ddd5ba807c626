/** Counts what actors write, inside the runtime. Until somebody asks for it nothing is touched and nothing is slowed. */
import type { Counts } from './doors.ts'

let patched = false
let state: DurableObjectState | undefined
let wakes = 0
/** A cursor knows how many rows it has written once it was read to its end. */
let cursors: { readonly rowsWritten: number; readonly sql: string }[] = []
let alarms = 0
let messages: Record<string, number> = {}

/** Remembers one actor's state, to find the platform's own prototypes by it. */
export function noticed(ctx: DurableObjectState): DurableObjectState {
  state ??= ctx
  wakes += 1
  return ctx
}

/** Begins to count from nothing. */
export function countAnew(): void {
  if (!patched && state !== undefined) patch(state)
  cursors = []
  alarms = 0
  messages = {}
}

export function counts(): Counts {
  const rows: Record<string, number> = {}
  for (const { sql, rowsWritten } of cursors) {
    const table = /\b(?:INTO|FROM|UPDATE)\s+(\w+)/i.exec(sql)?.[1] ?? 'other'
    if (rowsWritten > 0) rows[table] = (rows[table] ?? 0) + rowsWritten
  }
  // An alarm is billed as a row.
  if (alarms > 0) rows['alarms'] = alarms
  return { wakes, rows, messages }
}

function patch({ storage }: DurableObjectState): void {
  patched = true
  const sql = Object.getPrototypeOf(storage.sql)
  const exec = sql.exec
  sql.exec = function (this: SqlStorage, query: string, ...params: unknown[]) {
    const cursor = exec.call(this, query, ...params)
    cursors.push(new Read(cursor, query))
    if (query.startsWith('INSERT INTO outbox')) noteMessage(String(params[2]))
    return cursor
  }
  const own = Object.getPrototypeOf(storage)
  const setAlarm = own.setAlarm
  own.setAlarm = function (this: DurableObjectStorage, at: number) {
    alarms += 1
    return setAlarm.call(this, at)
  }
}

class Read {
  readonly sql: string
  readonly #cursor: { readonly rowsWritten: number }

  constructor(cursor: { readonly rowsWritten: number }, sql: string) {
    this.#cursor = cursor
    this.sql = sql
  }

  get rowsWritten(): number {
    return this.#cursor.rowsWritten
  }
}

function noteMessage(body: string): void {
  const message: unknown = JSON.parse(body)
  const type = typeof message === 'object' && message !== null && 'type' in message ? String(message.type) : '?'
  messages[type] = (messages[type] ?? 0) + 1
}
