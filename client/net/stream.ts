/** Folds an actor's numbered events into what a client shows: the entries of a log, or the rows of a board. */
import type { Event, Position, ServerFrame } from '../../core/protocol/frames.ts'
import type { Schema } from './schema.ts'
import { Keyed } from './shapes.ts'

export interface Stream<T> {
  /** The last event without a gap before it; null before the first snapshot. */
  readonly position: Position | null
  readonly value: T
}

/** How one kind of stream takes an event. */
export interface Folder<T> {
  readonly empty: T
  /** A board keeps only the newest change of each row, so what was missed comes with holes in its numbers. */
  readonly sparse: boolean
  apply(value: T, event: Event): T
}

export interface Folded<T> {
  readonly stream: Stream<T>
  /** Events are missing: connect anew and resume. */
  readonly gap: boolean
}

export const begin = <T>(folder: Folder<T>): Stream<T> => ({ position: null, value: folder.empty })

export function fold<T>(folder: Folder<T>, stream: Stream<T>, frame: ServerFrame): Folded<T> {
  switch (frame.t) {
    case 'welcome':
      return welcome(folder, stream, frame)
    case 'ev':
      return take(folder, stream, [frame], false)
    case 'batch':
      return take(folder, stream, frame.evs, folder.sparse)
    default:
      return { stream, gap: false }
  }
}

function welcome<T>(folder: Folder<T>, stream: Stream<T>, frame: Extract<ServerFrame, { t: 'welcome' }>): Folded<T> {
  const { position } = stream
  if (!frame.resumed) {
    const value = (frame.snapshot ?? []).reduce((sum, event) => folder.apply(sum, event), folder.empty)
    return { stream: { position: { epoch: frame.epoch, seq: frame.seq }, value }, gap: false }
  }
  // Resumed from something that this client does not have: begin again with a snapshot.
  const known = position !== null && position.epoch === frame.epoch && position.seq <= frame.seq
  return known ? { stream, gap: false } : { stream: { ...stream, position: null }, gap: true }
}

function take<T>(folder: Folder<T>, stream: Stream<T>, events: readonly Event[], holes: boolean): Folded<T> {
  let { position, value } = stream
  if (position === null) return { stream, gap: true }
  for (const event of events) {
    if (event.seq <= position.seq) continue
    if (!holes && event.seq > position.seq + 1) return { stream: { position, value }, gap: true }
    value = folder.apply(value, event)
    position = { ...position, seq: event.seq }
  }
  return { stream: { position, value }, gap: false }
}

/** Entries in order of `seq`, each once. `before`: what the earlier ones are once this one is known. */
export function logOf<E extends { readonly seq: number }>(
  schema: Schema<E>,
  before: (entries: readonly E[], fresh: E) => readonly E[] = (entries) => entries,
): Folder<readonly E[]> {
  return {
    empty: [],
    sparse: false,
    apply(entries, event) {
      const entry = event.name === 'entry' ? schema.safeParse(event.body) : null
      return entry?.success ? merge(before(entries, entry.data), [entry.data]) : entries
    },
  }
}

/** Adds entries to a log wherever they belong; what is there already stays. */
export function merge<E extends { readonly seq: number }>(entries: readonly E[], more: readonly E[]): readonly E[] {
  const last = entries.at(-1)
  const first = more[0]
  if (first === undefined) return entries
  if (last === undefined || (more.length === 1 && first.seq > last.seq)) return [...entries, ...more]
  const known = new Set(entries.map((entry) => entry.seq))
  return [...entries, ...more.filter((entry) => !known.has(entry.seq))].sort((a, b) => a.seq - b.seq)
}

/** Rows by `key`. */
export function boardOf<R extends { readonly key: string }>(schema: Schema<R>): Folder<ReadonlyMap<string, R>> {
  return {
    empty: new Map(),
    sparse: true,
    apply(rows, event) {
      if (event.name === 'put') {
        const row = schema.safeParse(event.body)
        return row.success ? new Map(rows).set(row.data.key, row.data) : rows
      }
      const gone = event.name === 'del' ? Keyed.safeParse(event.body) : null
      if (!gone?.success) return rows
      const rest = new Map(rows)
      rest.delete(gone.data.key)
      return rest
    },
  }
}
