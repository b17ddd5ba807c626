/**
 * The Access actor of one member of staff: which of their sessions live, and where those have opened sockets. What ends a
 * session or changes what the member may do comes here once and goes out to all of these places.
 */
import type { Model, Turn } from '../engine/model.ts'
import type { Cell, Rows } from '../engine/parts.ts'
import { type ActorName, asId, type StaffId } from '../ids.ts'
import type { StaffSession } from '../protocol/principal.ts'
import { ok, type Result, refuse } from '../result.ts'

/** How long it is remembered that a session has ended, in ms: for longer than any ticket of it is good. */
const REMEMBER = 5 * 60_000
/** Places of one session; who opens more is long gone from the first. */
export const MOST_PLACES = 400
const OVER = 'over'

interface SessionRow {
  /** When it ends, or, of one that has ended, when that may be forgotten. In ms. */
  readonly until: number
  readonly ended: boolean
  /** Where it has opened sockets, the oldest first. */
  readonly places: readonly ActorName[]
}

export interface AccessState {
  readonly sessions: Rows<SessionRow>
  readonly rights: Cell<{ readonly least: number }>
}

/** Before a socket opens at `actor`: whether it may, and that it will. */
export function enter(state: AccessState, turn: Turn, session: StaffSession, actor: ActorName): Result<void> {
  // Whoever read it from the record may know better than a call that was lost.
  raise(state, turn, session.rights)
  const known = state.sessions.get(session.id)
  const isOver = session.until <= turn.now || known?.ended === true || session.rights < state.rights.get().least
  if (isOver) return refuse('unauthenticated', 'the session is over, or has other rights by now')
  const until = Math.max(session.until, known?.until ?? 0)
  const places = known?.places ?? []
  if (known?.until === until && places.includes(actor)) return ok(undefined)
  const [oldest] = places
  const isFull = places.length >= MOST_PLACES && !places.includes(actor)
  if (isFull && oldest !== undefined) dismiss(turn, [oldest], { session: session.id, ended: false })
  const kept = isFull ? places.slice(1) : places
  state.sessions.put(session.id, {
    until,
    ended: false,
    places: places.includes(actor) ? places : [...kept, actor],
  })
  return ok(undefined)
}

/** The session was used. */
export function prolong(state: AccessState, turn: Turn, { id, until, rights }: StaffSession): void {
  raise(state, turn, rights)
  const known = state.sessions.get(id)
  if (known !== undefined && !known.ended && known.until < until) state.sessions.put(id, { ...known, until })
}

/** The session is over, for good. */
export function end(state: AccessState, turn: Turn, session: string): void {
  dismiss(turn, state.sessions.get(session)?.places ?? [], { session, ended: true })
  state.sessions.put(session, { until: turn.now + REMEMBER, ended: true, places: [] })
}

/** What the member may do has changed: whatever was opened before is closed, and opens again with what is right now. */
export function raise(state: AccessState, turn: Turn, rights: number): void {
  if (rights <= state.rights.get().least) return
  state.rights.set({ least: rights })
  const rows = state.sessions.entries()
  dismiss(turn, [...new Set(rows.flatMap(([, { places }]) => places))], { rights })
  for (const [session, row] of rows) if (row.places.length > 0) state.sessions.put(session, { ...row, places: [] })
}

export const accessModel: Model<AccessState> = {
  kind: 'access',
  migrations: [],
  open: (tables) => ({ sessions: tables.rows('sessions'), rights: tables.cell('rights', { least: 0 }) }),
  admit: () => refuse('not_found', 'nobody connects here'),
  receive() {},
  command: () => ({ result: refuse('bad_input', 'there are no commands here'), remember: false }),
  due(state, turn) {
    for (const [session, { until, places }] of state.sessions.entries()) {
      if (until > turn.now) continue
      // One that ran out may still be used: a request that prolongs it can be on its way.
      dismiss(turn, places, { session, ended: false })
      state.sessions.delete(session)
    }
  },
  settle(state, turn) {
    const ends = state.sessions.values().map(({ until }) => until)
    turn.deadline(OVER, ends.length === 0 ? null : Math.min(...ends))
  },
  stream: () => undefined,
}

function dismiss(
  turn: Turn,
  places: readonly ActorName[],
  of: { session: string; ended: boolean } | { rights: number },
): void {
  for (const place of places) turn.send(place, { type: 'dismiss', staff: asId<StaffId>(turn.self.id), of })
}
