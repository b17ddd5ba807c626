/**
 * What an agent tells the record about itself: from when to when it was what (its duty), and its wrap-ups. The rows are
 * written down as they are to be told, and kept as long as the record keeps them, so that all can be told again.
 */
import type { Source } from '../engine/feed.ts'
import type { Turn } from '../engine/model.ts'
import type { Address } from '../ids.ts'
import type { ProjectionBatch, ProjectionRecord } from '../protocol/projection.ts'
import type { AgentInterval, Duty, Segment, SegmentOutcome } from '../protocol/segments.ts'
import { registerOf } from '../register/model.ts'
import { countInterval } from './occupancy.ts'
import type { AgentState, Item } from './state.ts'

/** Rows that began or ended in one turn. */
export interface Told {
  readonly at: number
  readonly rows: readonly (
    | { readonly type: 'interval'; readonly interval: AgentInterval }
    | { readonly type: 'wrap-up'; readonly conversation: string; readonly segment: Segment }
  )[]
}

/** For how long the journal is kept, in ms: as long as the record keeps what it says. */
export const JOURNAL_KEPT = 90 * 24 * 3_600_000
/** How much is told at once. */
const AT_ONCE = 200
/** Each note forgets up to so many that are too old: more than come, so that what is kept stays bounded without an alarm. */
const FORGOTTEN_AT_ONCE = 8

/** Begins a new interval when the agent is no longer what it was. */
export function noteDuty(state: AgentState, turn: Turn): void {
  const before = state.interval.get()
  const duty = dutyOf(state)
  if (isSame(before, duty)) return
  // A clock that was set back makes nothing end before it began.
  const at = Math.max(turn.now, before.beganAt)
  const began: AgentInterval = { ...before, ...duty, id: before.id + 1, version: 1, beganAt: at, endedAt: null }
  const ended = before.id === 0 ? [] : [{ ...before, version: 2, endedAt: at }]
  note(state, turn, { at, rows: [...ended, began].map((interval) => ({ type: 'interval', interval })) })
  countInterval(state, before, at, duty.presence === 'offline')
  state.interval.set(began)
}

/** After-work begins (`outcome` null), or ends. */
export function noteWrapUp(state: AgentState, turn: Turn, item: Item, outcome: SegmentOutcome | null): void {
  const { conversation, lease, via, since } = item
  const isOver = outcome !== null
  const segment: Segment = {
    id: `wrap-up:${lease}`,
    version: isOver ? 2 : 1,
    kind: 'wrap-up',
    ...(item.medium === 'chat' ? {} : { medium: item.medium }),
    queue: via,
    agent: turn.self.id,
    lease,
    beganAt: since,
    endedAt: isOver ? Math.max(turn.now, since) : null,
    outcome,
    first: null,
    last: null,
  }
  note(state, turn, { at: turn.now, rows: [{ type: 'wrap-up', conversation, segment }] })
}

function note(state: AgentState, turn: Turn, told: Told): void {
  const { journal } = state
  if (journal.head === 0) register(turn)
  journal.append({ sender: 'agent', command: String(journal.head + 1), public: false, body: told })
  forgetOld(state, turn)
}

const register = (turn: Turn) => turn.send(registerOf(turn.self.org, turn.self.id), { type: 'register' })

/**
 * After a restore nobody is here, and what was in hand is sought anew by its conversation: after-work ends, and the register
 * of the new installation learns the agent.
 */
export function revive(state: AgentState, turn: Turn): void {
  for (const item of [...state.items.values()]) {
    if (item.state === 'wrap') noteWrapUp(state, turn, item, 'signed-off')
    state.items.delete(item.conversation)
  }
  if (state.journal.head > 0) register(turn)
}

/** Forgets what the record no longer keeps either. */
function forgetOld({ journal }: AgentState, turn: Turn): void {
  const isOld = ({ body }: { body: Told }) => body.at <= turn.now - JOURNAL_KEPT
  const old = journal.after(0, FORGOTTEN_AT_ONCE).findLast(isOld)
  // The newest stays: the numbers go on from it.
  if (old !== undefined) journal.clear(Math.min(old.seq, journal.head - 1))
}

export function journalSource({ journal, interval }: AgentState, self: Address): Source {
  return {
    head: () => journal.head,
    collect(cursor) {
      const told = journal.after(cursor, AT_ONCE)
      const rows = told.flatMap(({ body }) => body.rows)
      // What lasts may have begun before the oldest that is kept.
      const lasting = cursor === 0 ? [{ type: 'interval' as const, interval: interval.get() }] : []
      const body: ProjectionBatch = { records: [...lasting, ...rows].map((row) => recordOf(row, self)) }
      return { items: [{ kind: 'projection', body }], upTo: told.at(-1)?.seq ?? cursor }
    },
  }
}

function recordOf(row: Told['rows'][number], { org, id }: Address): ProjectionRecord {
  if (row.type === 'interval') return { type: 'agent-interval', org, agent: id, interval: row.interval }
  return { type: 'segment', org, conversation: row.conversation, segment: row.segment }
}

function dutyOf(state: AgentState): Duty {
  const { presence, reason, notResponding, link } = state.self.get()
  const occupied = state.items.values().some((item) => item.state === 'owned' || item.state === 'wrap')
  return { presence, reason, notResponding, connected: link, occupied }
}

function isSame(a: Duty, b: Duty): boolean {
  return (
    a.presence === b.presence &&
    a.reason === b.reason &&
    a.notResponding === b.notResponding &&
    a.connected === b.connected &&
    a.occupied === b.occupied
  )
}
