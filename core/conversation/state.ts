/** What a conversation is: small, however long it grows. Its entries are rows of the log, not state. */

import type { Asking } from '../book/asking.ts'
import type { Cell, Rows, Tables } from '../engine/parts.ts'
import type { FlowState } from '../flow/program.ts'
import type { AgentId, ConversationId, QueueId } from '../ids.ts'
import type { Pinned } from '../protocol/book-messages.ts'
import type { Draft } from '../protocol/colleagues.ts'
import type {
  AttributeValue,
  Contact,
  closers,
  Details,
  Erased,
  KeptBody,
  Marks,
  PrivateBody,
  Rating,
  StaffFrom,
  Status,
} from '../protocol/conversation.ts'
import type { Medium } from '../protocol/media.ts'
import type { Origin, Start } from '../protocol/messages.ts'
import type { Belonging } from '../protocol/permissions.ts'
import type { PlanStep } from '../protocol/plan.ts'
import type { Range, Told } from '../routing/estimate.ts'
import type { Course, QueueFigures } from '../routing/plan/course.ts'
import { Log } from '../streams/log.ts'

/** What an entry says, as it is kept. The types tell apart what everybody may read and what only staff may. */
export type Said =
  | { readonly public: true; readonly at: number; readonly from: StaffFrom; readonly body: KeptBody }
  | { readonly public: false; readonly at: number; readonly from: StaffFrom; readonly body: PrivateBody }

/** Somebody is sought by these steps: a plan's, or a transfer's. */
export interface Seek extends Course {
  readonly steps: readonly PlanStep[]
  /** The plan it was sent on to; absent: the one it began with, or a transfer. */
  readonly plan?: string
  /** Points of priority that the plans before this one have given. */
  readonly raised?: number
  /** In private, for a consult. */
  readonly consult?: true
}

/** Under a lease an agent is being rung, or owns the conversation. `res` is the agent's reservation, '' when by hand. */
export interface Lease {
  readonly agent: string
  readonly name: string
  readonly team?: string | undefined
  readonly lease: number
  readonly res: string
  /** Of an offer: who accepts it is consulted, and owns nothing. */
  readonly consult?: true
  /** Of an offer: the queue through which it rings, which rings so many at once; absent: it rings for one alone. */
  readonly beside?: { readonly via: QueueId; readonly upTo: number }
  /** Of an offer: when its agent is taken to be dead, in ms; and for how many others it was told that it rings. */
  readonly until?: number
  readonly told?: number
}

/** A colleague who sees along, as long as the owner has the lease `by`. */
export interface Consult extends Omit<Lease, 'consult'> {
  readonly by: number
}

/** What was known from the start; the configuration that came with it is kept apart. */
export type Begun = Omit<Start, 'pinned' | 'origin'>

export interface Talk {
  readonly begun: Begun | null
  /** What kind of work it has become since it began; absent: what it began as. It changes only with a new stay. */
  readonly medium?: Medium | null
  /** When the first word was written; before it nobody is sought. */
  readonly openedAt: number | null
  /** Age for the order of queues: kept by transfers and lost agents, begun anew by a reopening. */
  readonly since: number | null
  readonly priority: number
  readonly closed: { readonly at: number; readonly by: (typeof closers)[number]; readonly reopenUntil: number } | null
  /** The plan ended without an agent: what the customer reads. */
  readonly fallback: string | null
  readonly seek: Seek | null
  /** The conditions told to each queue whose figures the plan waits for, and what it has answered. */
  readonly watched?: Readonly<Record<string, string>>
  readonly figures?: Readonly<Record<string, QueueFigures>>
  /** The agent whom a step of this turn prefers. */
  readonly preferred?: { readonly agent: AgentId; readonly ring: number } | null
  /** Who is rung; of several, the first of them. */
  readonly offer: Lease | null
  /** Who is rung at the same time; absent: nobody. */
  readonly others?: readonly Lease[]
  readonly owner: Lease | null
  /** These three only grow, for the life of the actor's name. */
  readonly lease: number
  readonly stay: number
  readonly cv: number
  /** Whether the last turn left it open (see {@link isOpen}). */
  readonly open: boolean
  /** The membership told to each queue. */
  readonly sent: Readonly<Record<string, { readonly key: string; readonly cv: number }>>
  /** Agents in cool-down, until (ms). */
  readonly avoid: Readonly<Record<string, number>>
  /** The place told by each queue, under this stay. */
  readonly places: Readonly<Record<string, number>>
  /** The expected wait told by each queue, under this stay; and what the customer was told of it in this search. */
  readonly waits?: Readonly<Record<string, Range>>
  readonly toldWait?: Told | null
  readonly next: ConversationId | null
  /** Queues that turned out not to be there any more. */
  readonly missing: readonly string[]
  /** Of the queues it has waited in and the agents it was given to; absent before there were teams. */
  readonly teams?: readonly string[]
  /** The steps of the last search that found somebody: who hands over to a person goes back to them when that one declines. */
  readonly found: readonly PlanStep[] | null
  /** The queue that it waits in or came from last. */
  readonly queue: string | null
  /** Who had it last, for when its customer comes back. */
  readonly last: Pick<Lease, 'agent' | 'name'> | null
  /** What whoever hands it over says to the next. */
  readonly note: string | null
  /** Written outside opening hours; nobody has had it since. */
  readonly left: boolean
  readonly snooze: Snooze | null
  /** Being merged into another one, which has not answered yet; or merged. */
  readonly merge: Merge | null
  readonly consult: Consult | null
  /** The customer was asked to wait a moment, under this lease of the owner. */
  readonly hold: { readonly since: number; readonly lease: number } | null
  /** The agent with this lease has work in hand that cannot wait; absent: it has not. */
  readonly interrupted?: { readonly since: number; readonly lease: number } | null
  /** Who has handed it over, as long as nobody has accepted it. */
  readonly handed: Pick<Lease, 'agent' | 'name'> | null
  /** What the agent with this lease was told of what was said (see news.ts), and when. */
  readonly told: { readonly lease: number; readonly mark: string; readonly at: number } | null
  /** Agents whom notes have named, the newest last: they may look on and write notes. Absent: nobody. */
  readonly mentioned?: readonly string[]
  /** Agents whose consoles list it among those that were closed there, the newest last. Absent: nobody's. */
  readonly listed?: readonly string[]
  /** Whether the register was told of it; absent where an earlier program left it. */
  readonly registered?: boolean
}

/** Nobody is sought until then: an agent laid it aside, or its customer left a message outside opening hours. */
export interface Snooze {
  readonly until: number
  readonly why: 'agent' | 'hours'
  /** Under which its agent's console lists it; null outside opening hours. */
  readonly agent: string | null
}

export interface Merge {
  readonly into: ConversationId
  readonly at: number
  readonly by: StaffFrom
  readonly done: boolean
}

/** What staff note about a conversation as a whole, and what its customer thinks of it. */
export interface About {
  readonly tags: readonly string[]
  readonly disposition: string | null
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly rating: Rating | null
  /** As the customer gave it, when leaving a message. */
  readonly contact: Contact | null
  /** What the customer was asked before the first word; absent: nothing yet. */
  readonly introduced?: { readonly at: number; readonly fields: Details }
  /** What the page said of its user, field by field, and when (ms); absent: nothing. */
  readonly told?: Readonly<Record<string, { readonly value: AttributeValue; readonly at: number }>>
  /** What was taken out of both again. */
  readonly forgotten?: readonly { readonly field: string; readonly at: number }[]
  /** Whether staff has written a note. */
  readonly noted: boolean
}

/** Where it came from and what was joined to it. It grows with merges only. */
export interface Kin {
  readonly origin: Pick<Origin, 'conversation' | 'first' | 'last'> | null
  /** Merged into this one; `closed`: what it was before, to be restored. */
  readonly joined: readonly { readonly conversation: ConversationId; readonly wasClosed: boolean }[]
  /** Beside the one it began in: threads whose current conversation it is by a merge. */
  readonly threads: readonly string[]
}

/** What is known of the configuration. A row of its own: it is large and seldom changes. */
export interface Known extends Asking {
  readonly pinned: Pinned | null
  /** What a command named and nobody here knew; `answered`: nor did Book. */
  readonly unknown: Unknown | null
  /** Agents that Book was asked about: their names, null for somebody who is none. */
  readonly agents: Readonly<Record<string, string | null>>
}

export interface Unknown {
  readonly what: 'queue' | 'tag' | 'disposition' | 'attribute'
  readonly id: string
  readonly answered: boolean
}

export const blank: Talk = {
  begun: null,
  openedAt: null,
  since: null,
  priority: 0,
  closed: null,
  fallback: null,
  seek: null,
  offer: null,
  owner: null,
  lease: 0,
  stay: 0,
  cv: 0,
  open: false,
  sent: {},
  avoid: {},
  places: {},
  next: null,
  missing: [],
  found: null,
  queue: null,
  last: null,
  note: null,
  left: false,
  snooze: null,
  merge: null,
  consult: null,
  hold: null,
  handed: null,
  told: null,
}

export const unknown: Known = { pinned: null, asked: 0, unknown: null, agents: {} }
export const noKin: Kin = { origin: null, joined: [], threads: [] }
export const bareAbout: About = {
  tags: [],
  disposition: null,
  attributes: {},
  rating: null,
  contact: null,
  noted: false,
}

export interface BothMarks {
  readonly customer: Marks
  readonly staff: Marks
}

/** Until when it is kept (ms), as far as is known; and the tombstone, once it was erased. */
export interface Life {
  readonly until: number | null
  readonly erased: { readonly at: number; readonly why: Erased['why'] } | null
}

/** How many files were sent here, and the ids of those that were taken away again. */
export interface Files {
  readonly count: number
  readonly removed: readonly string[]
}

/** A flow that leads the conversation. Its program is the pinned one, which stays as long as it leads. */
export interface Leading {
  readonly version: number
  readonly state: FlowState
  /** The public number of the question that was asked last. */
  readonly question: number | null
}

export const noMarks: Marks = { delivered: 0, read: 0 }

export interface ConversationState {
  readonly talk: Cell<Talk>
  readonly known: Cell<Known>
  readonly marks: Cell<BothMarks>
  readonly about: Cell<About>
  readonly kin: Cell<Kin>
  readonly log: Log<Said>
  readonly files: Cell<Files>
  readonly life: Cell<Life>
  /** What staff have begun to write, by who and what. */
  readonly drafts: Rows<Draft>
  readonly bot: Cell<{ readonly leading: Leading | null }>
}

export function openState(tables: Tables): ConversationState {
  return {
    talk: tables.cell('talk', blank),
    known: tables.cell<Known>('known', unknown),
    marks: tables.cell<BothMarks>('marks', { customer: noMarks, staff: noMarks }),
    about: tables.cell<About>('about', bareAbout),
    kin: tables.cell<Kin>('kin', noKin),
    log: new Log<Said>(tables),
    files: tables.cell<Files>('files', { count: 0, removed: [] }),
    life: tables.cell<Life>('life', { until: null, erased: null }),
    drafts: tables.rows<Draft>('drafts'),
    bot: tables.cell<{ leading: Leading | null }>('bot', { leading: null }),
  }
}

/** Whose it is: of those who answer it, are consulted or are being rung, and of every team that has had to do with it. */
export function belongingOf(talk: Talk): Belonging {
  const { owner, consult, teams } = talk
  const staff = [owner, consult, ...rungOf(talk)].flatMap((lease) => (lease === null ? [] : [lease.agent]))
  return { staff, teams: teams ?? [] }
}

/** All who are being rung. */
export const rungOf = ({ offer, others = [] }: Talk): readonly Lease[] => (offer === null ? [] : [offer, ...others])

/** What kind of work it is now. */
export function mediumOf({ begun, medium }: Talk): Medium {
  return medium ?? begun?.medium ?? 'chat'
}

/** Seeks an agent and may be claimed: it waits in queues. */
export function isOpen(talk: Talk): boolean {
  return (
    talk.begun !== null && talk.closed === null && talk.fallback === null && talk.seek !== null && talk.offer === null
  )
}

/** The queue in which it waits for more to ring, beside those that it rings for; null: for nobody else. */
export function ringsMoreIn(talk: Talk): QueueId | null {
  const { offer, seek, closed, fallback } = talk
  if (closed !== null || fallback !== null || seek === null || offer?.beside === undefined) return null
  return rungOf(talk).length < offer.beside.upTo ? offer.beside.via : null
}

/** A colleague is being asked in private. */
export function isAsked({ seek, offer }: Talk): boolean {
  return seek?.consult === true || offer?.consult === true
}

export function statusOf(talk: Talk): Status {
  if (talk.closed !== null) return 'closed'
  if (talk.owner !== null) return 'talking'
  if (talk.openedAt === null) return 'new'
  return talk.fallback === null || talk.offer !== null ? 'waiting' : 'fallback'
}
