/** What actors tell the record: versioned rows for D1, carried by the Queue `projection`. */
import type { StuckReport } from './actors.ts'
import type { Act } from './administration.ts'
import type { AttributeValue, Details, Erased, StaffEntry, Status } from './conversation.ts'
import type { AgentInterval, Segment } from './segments.ts'

/** A conversation as the record shows it. `version` only grows: an older one never replaces a newer one. */
export interface ConversationRecord {
  readonly type: 'conversation'
  readonly org: string
  readonly id: string
  readonly version: number
  readonly customer: string
  readonly customerName: string
  readonly channel: string
  readonly status: Status
  readonly owner: string | null
  readonly openedAt: number
  readonly closedAt: number | null
  readonly entries: number
  /** The teams that have had to do with it; absent where nobody has told. */
  readonly teams?: readonly string[] | undefined
  /** What staff noted about it, and its customer; absent where nobody has told. */
  readonly about?:
    | undefined
    | {
        readonly tags: readonly string[]
        readonly disposition: string | null
        readonly rating: number | null
        readonly snoozedUntil: number | null
        readonly mergedInto: string | null
        readonly splitFrom: string | null
      }
  /** What its customer said of themselves before the first word, and when (ms); absent: nothing. */
  readonly introduced?: undefined | { readonly at: number; readonly details: Details }
  /** What the page said of its user, field by field, and when (ms); absent: nothing. */
  readonly told?: undefined | Readonly<Record<string, { readonly value: AttributeValue; readonly at: number }>>
  /** Of these, by field and by when they were said (ms), what was taken away again; absent: nothing. */
  readonly forgotten?: undefined | readonly { readonly field: string; readonly at: number }[]
  /** Nothing but this tombstone is left of it. */
  readonly erased?: undefined | { readonly at: number; readonly why: Erased['why'] }
}

/** One entry; written once, never changed. */
export interface EntryRecord {
  readonly type: 'entry'
  readonly org: string
  readonly conversation: string
  readonly entry: StaffEntry
}

/** One stay of a conversation: told by the conversation, its wrap-ups by the agents. */
export interface SegmentRecord {
  readonly type: 'segment'
  readonly org: string
  readonly conversation: string
  readonly segment: Segment
}

/** A time of an agent. */
export interface AgentIntervalRecord {
  readonly type: 'agent-interval'
  readonly org: string
  readonly agent: string
  readonly interval: AgentInterval
}

/** An act of a member of staff; kept for good, each once. */
export interface AuditRecord {
  readonly type: 'audit'
  readonly org: string
  readonly act: Act
}

/** What does not get through from an actor, since `at` (ms); nothing any more when both lists are empty. */
export interface TroubleRecord extends StuckReport {
  readonly type: 'trouble'
  readonly org: string
  readonly version: number
  readonly at: number
}

/** The Floor of an organisation wants to be told what the record holds of today; `n` counts its wishes. */
export interface RecallRecord {
  readonly type: 'recall'
  readonly org: string
  readonly n: number
}

export type ProjectionRecord =
  | RecallRecord
  | AuditRecord
  | ConversationRecord
  | EntryRecord
  | SegmentRecord
  | AgentIntervalRecord
  | TroubleRecord
/** A message of the Queue `projection`. */
export interface ProjectionBatch {
  readonly records: readonly ProjectionRecord[]
}
