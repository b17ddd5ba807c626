/**
 * Messages between actors (the actor lane): taken once, in order per pair. The matching protocol's are described in
 * docs/matching.md; change them only together with that page and the simulation. Fields may be added, all optional.
 */
import type { AgentId, ConversationId, OrgId, PlanId, QueueId, StaffId } from '../ids.ts'
import type { Customer } from './actors.ts'
import type { Medium } from './agent.ts'
import type { AgentConfig, Config, Hours, MediumConfig, Need, Plan, QueueConfig, Timings } from './config.ts'
import type { Policies } from './policies.ts'
import type { WidgetSettings } from './widget.ts'

/** What rings an agent's console: the customer, and since when the contact waits. */
export interface ContactCard {
  readonly customer: { readonly id: string; readonly name: string; readonly verified: boolean }
  readonly waitingSince: number
}

/** Conversation → Queue: the wanted state of this contact's membership. An older `cv` changes nothing. */
export interface Wait {
  readonly type: 'wait'
  readonly conversation: ConversationId
  readonly cv: number
  readonly stay: number
  /** Absent: the contact leaves this queue. */
  readonly entry?: WaitEntry
}
export interface WaitEntry {
  readonly need: Need
  readonly medium: Medium
  readonly since: number
  readonly priority: number
  /** Agents that shall not be asked: in cool-down, or the present owner. */
  readonly avoid: readonly AgentId[]
  readonly customer: string
}

/** What an agent tells its queues about itself. */
export interface Picture {
  /** Media for which there is room; empty: ask me nothing. */
  readonly free: readonly Medium[]
  /** Work in hand, with the stay under which it was taken. */
  readonly items: Readonly<Record<ConversationId, number>>
  readonly level: number
  readonly skills: Readonly<Record<string, number>>
  /** Since when the agent has done nothing, in ms. */
  readonly idleSince: number
}

/** Agent → Queue: a question. The queue owes an answer when `free` is not empty. `gone`: no longer serves this queue. */
export interface Avail {
  readonly type: 'avail'
  readonly agent: AgentId
  readonly v: number
  readonly picture: Picture
  readonly gone?: boolean
  /** "What you saw of this contact up to `cv` is gone". */
  readonly dead?: { readonly conversation: ConversationId; readonly cv: number }
}

export interface Candidate {
  readonly conversation: ConversationId
  readonly stay: number
  readonly medium: Medium
  readonly since: number
  readonly priority: number
}

/** Queue → Agent: the best free contact, softly held; or none. */
export interface Bid {
  readonly type: 'bid'
  readonly queue: QueueId
  readonly v: number
  readonly candidate: Candidate | null
}

/** Agent → Conversation: I would take you. */
export interface Claim {
  readonly type: 'claim'
  readonly agent: AgentId
  readonly name: string
  readonly team?: string
  readonly res: string
  readonly stay: number
  readonly via: QueueId
  readonly auto: boolean
  /** For how long the agent will let it ring, in ms; absent: as the conversation's own configuration says. */
  readonly ring?: number
}

/** Conversation → Agent: you have it, under this lease. */
export interface Grant {
  readonly type: 'grant'
  readonly conversation: ConversationId
  readonly res: string
  readonly lease: number
  readonly card: ContactCard
}

/** Conversation → Agent: no. `dead` goes to the queue `via` with the next question. */
export interface Refuse {
  readonly type: 'refuse'
  readonly conversation: ConversationId
  readonly res: string
  readonly dead: number
}

/** Agent → Conversation: the agent took the offer. */
export interface Accepted {
  readonly type: 'accepted'
  readonly agent: AgentId
  /** As customers shall read it; a contact assigned by hand learns it only here. */
  readonly name: string
  readonly team?: string
  readonly lease: number
}

/** `missed`: rang out. `unclaimed`: the claim's answer came too late or never. `away`: no room, not there. */
export type DeclineReason = 'declined' | 'missed' | 'unclaimed' | 'away'

/** Agent → Conversation: the offer under this lease (or, without a lease yet, this reservation) is off. */
export interface Declined {
  readonly type: 'declined'
  readonly agent: AgentId
  readonly by: { readonly lease: number } | { readonly res: string }
  readonly why: DeclineReason
  readonly reason?: string
}

/** Agent → Conversation: the console stayed away for longer than the grace. */
export interface Lost {
  readonly type: 'lost'
  readonly agent: AgentId
  readonly lease: number
}

/** Conversation → Agent: this lease has ended. */
export interface End {
  readonly type: 'end'
  readonly conversation: ConversationId
  readonly lease: number
  readonly why: 'gone' | 'closed' | 'moved' | 'guard'
}

/** Conversation → Agent: by hand, without a claim. */
export interface Assign {
  readonly type: 'assign'
  readonly conversation: ConversationId
  readonly lease: number
  readonly medium: Medium
  readonly stay: number
  readonly force: boolean
  readonly card: ContactCard
}

/** Queue → Conversation: this queue is no longer configured; wait elsewhere. `version`: of the configuration that says so. */
export interface Gone {
  readonly type: 'gone'
  readonly queue: QueueId
  readonly version: number
}

/** Conversation → Book: I know version `have`; which plan would I begin with now? */
export interface AskPlan {
  readonly type: 'ask-plan'
  readonly have: number
}
/** Book → Conversation. */
export interface PlanAnswer {
  readonly type: 'plan'
  readonly pinned: Pinned
}

/** Queue → Conversation: the place in this queue, told at most once a second, rounded when far back. */
export interface Place {
  readonly type: 'place'
  readonly queue: QueueId
  readonly stay: number
  readonly place: number
}

/** What a conversation needs to know of the configuration. A search keeps the steps it began with. */
export interface Pinned {
  readonly version: number
  readonly planId: PlanId
  readonly plan: Plan
  readonly queueNames: Readonly<Record<string, string>>
  /** Of those queues that are of a team. */
  readonly queueTeams?: Readonly<Record<string, string>>
  readonly timings: Timings
  /** Absent: the defaults. */
  readonly policies?: Policies
  /** When the entrance is open, and what it is for customers while it is not; absent: always open. */
  readonly entrance?: { readonly hours: Hours; readonly outsideHours: WidgetSettings['outsideHours'] }
  /** Queues of which a conversation is closed only with a disposition; absent: none. */
  readonly dispositionRequired?: readonly string[]
}

/** Thread → Conversation: you exist. */
export interface Start {
  readonly type: 'start'
  readonly org: OrgId
  readonly thread: string
  readonly channel: string
  readonly medium: Medium
  readonly customer: Customer
  readonly pinned: Pinned
}

/** Conversation → Thread: closed (until when it may be reopened), or open again. */
export interface Current {
  readonly type: 'current'
  readonly conversation: ConversationId
  readonly open: boolean
  /** In ms; only when closed. */
  readonly reopenUntil?: number
}

/** Thread → Conversation: the customer's talk goes on there. */
export interface Succeeded {
  readonly type: 'succeeded'
  readonly next: ConversationId
}

/** Book → Queue, Agent: the part of a new version that concerns the receiver; null when it is no longer named. */
export interface QueueSlice {
  readonly type: 'queue-config'
  readonly version: number
  readonly config: QueueConfig | null
  readonly timings: Timings
}
export interface AgentSlice {
  readonly type: 'agent-config'
  readonly version: number
  readonly config: AgentConfig | null
  readonly queueNames: Readonly<Record<string, string>>
  readonly reasons: readonly string[]
  readonly media: Readonly<Record<Medium, MediumConfig>>
  readonly timings: Timings
}
/** Queue, Agent → Book: I know version `have` and saw a newer one. */
export interface AskConfig {
  readonly type: 'ask-config'
  readonly have: number
}
/** Thread asks Book for a plan by RPC; this is what Book knows. */
export type Published = { readonly version: number; readonly config: Config }

/**
 * Access → whatever has sockets of this member: close them, all those of one session (`ended`: for good) or all those from
 * before these rights.
 */
export interface Dismiss {
  readonly type: 'dismiss'
  readonly staff: StaffId
  readonly of: { readonly session: string; readonly ended: boolean } | { readonly rights: number }
}

export type ToConversation = Claim | Accepted | Declined | Lost | Place | Gone | PlanAnswer | Start | Succeeded
export type ToQueue = Wait | Avail | QueueSlice
export type ToAgent = Bid | Grant | Refuse | End | Assign | AgentSlice
export type ToThread = Current
export type ToBook = AskConfig | AskPlan
export type Message = ToConversation | ToQueue | ToAgent | ToThread | ToBook | Dismiss
