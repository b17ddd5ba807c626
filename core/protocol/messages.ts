/**
 * Messages between actors (the actor lane): taken once, in order per pair. The matching protocol's are described in
 * docs/matching.md; change them only together with that page and the simulation. Fields may be added, all optional.
 */
import type { AgentId, ConversationId, OrgId, QueueId, StaffId } from '../ids.ts'
import type { Range } from '../routing/estimate.ts'
import type { QueueFigures } from '../routing/plan/course.ts'
import type { Customer, Standing } from './actors.ts'
import type { LastWord, Presence } from './agent.ts'
import type { AgentSlice, AskConfig, AskPlan, FloorSlice, Pinned, PlanAnswer, QueueSlice } from './book-messages.ts'
import type { StaffFrom } from './conversation.ts'
import type { Decision, QueueDecision } from './explanation.ts'
import type { AgentNowItem } from './floor.ts'
import type { Medium } from './media.ts'
import type { Need } from './need.ts'
import type { QueueCondition } from './plan.ts'

/** What rings an agent's console: the customer, and since when the contact waits. */
export interface ContactCard {
  readonly customer: { readonly id: string; readonly name: string; readonly verified: boolean }
  readonly waitingSince: number
  /** What whoever hands it over says to the next. */
  readonly note?: string
  /** Left outside opening hours: nobody sits and waits. */
  readonly left?: boolean
  /** Its owner asks in private: what is offered is to look and to advise. */
  readonly consult?: { readonly by: string }
  readonly last?: LastWord
  readonly unread?: number
  /** For how many others it rings at the same time. */
  readonly others?: number
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
export interface WaitEntry extends Standing {
  readonly need: Need
  readonly medium: Medium
  readonly since: number
  readonly priority: number
  /** Agents that shall not be asked: in cool-down, or the present owner. */
  readonly avoid: readonly AgentId[]
  /** It rings for these already, and may for more: a queue may ring several at once. */
  readonly rung?: readonly AgentId[]
  readonly customer: string
  /** By which the customer came. */
  readonly channel?: string
  /** By when it should be answered, in ms. */
  readonly deadline?: number
}

/** Conversation → Queue: which of your figures my plan waits for; of none, it waits for none any more. */
export interface AskFigures {
  readonly type: 'ask-figures'
  readonly conversation: ConversationId
  readonly conditions: readonly QueueCondition[]
}
/** Queue → Conversation: the queue's figures, at first and whenever one of the conditions turns; null: not known. */
export interface Figures extends QueueFigures {
  readonly type: 'figures'
  readonly queue: QueueId
}

/** What an agent tells its queues about itself. */
export interface Picture {
  /** Media for which there is room; empty: ask me nothing. */
  readonly free: readonly Medium[]
  /** Work in hand, with the stay under which it was taken. */
  readonly items: Readonly<Record<ConversationId, number>>
  readonly level: number
  readonly skills: Readonly<Record<string, number>>
  readonly attributes?: Readonly<Record<string, readonly string[]>>
  /** Since when the agent has done nothing, in ms. */
  readonly idleSince: number
  /** When the agent was last given a contact, in ms; absent: never. */
  readonly servedAt?: number
  /** Share of its time at work with a contact in hand, from 0 to 1; absent where an earlier program tells. */
  readonly occupancy?: number
  /** Available, though there may be no room; absent where an earlier program tells. */
  readonly on?: boolean
  /** How many of the contacts in hand came through this queue. */
  readonly serving?: number
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
  /** How long contacts of this queue that have just ended kept the agent, after-work included, in ms. */
  readonly handled?: readonly number[]
}

export interface Candidate {
  /** Why this agent is bid it: recorded with the decision. */
  readonly why?: QueueDecision
  /** For how many it may ring at once; absent: one. */
  readonly upTo?: number
  /** It was bid to somebody already, or rings: whoever is alone comes first. */
  readonly beside?: true
  /** The agent has asked for this one: no question is answered by it, and no other offer waited for. */
  readonly pulled?: true
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
  /** As the bid said: for how many it may ring at once. */
  readonly upTo?: number
  /** The agent took it from the list. */
  readonly pulled?: true
  /** Why this agent, and why this contact of all that its queues offered. */
  readonly why?: Decision
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
  readonly word?: string
}

/** Agent → Conversation: the console stayed away for longer than the grace. */
export interface Lost {
  readonly type: 'lost'
  readonly agent: AgentId
  readonly lease: number
}

/** Agent → Conversation: what it has under this lease waits for work that cannot, or no longer does. */
export interface Interrupted {
  readonly type: 'interrupted'
  readonly agent: AgentId
  readonly lease: number
  readonly on: boolean
}

/** Conversation → Agent: this lease has ended. */
export interface End {
  readonly type: 'end'
  readonly conversation: ConversationId
  readonly lease: number
  readonly why: 'gone' | 'closed' | 'moved' | 'guard' | 'taken'
  /** Of `taken`: who was faster, by name. */
  readonly by?: string
}

/** Conversation → Agent: for how many others what rings at you rings now. */
export interface Beside {
  readonly type: 'beside'
  readonly conversation: ConversationId
  readonly lease: number
  readonly others: number
}

/** Floor → Queue, Agent: somebody looks. Tell me now what you are, and what changes for so long (ms), once a second at most. */
export interface Watch {
  readonly type: 'watch'
  readonly for: number
}
/** Queue → Floor: who waits. `oldest`: since when the first of them does, in ms. */
export interface QueueNow {
  readonly type: 'queue-now'
  readonly waiting: number
  readonly oldest: number | null
}
/** Agent → Floor: what it is, since when (ms), and what it has in hand. */
export interface AgentNow {
  readonly type: 'agent-now'
  readonly presence: Presence
  readonly reason: string | null
  readonly notResponding: boolean
  readonly link: boolean
  /** Null: the agent has never been on duty. */
  readonly since: number | null
  readonly items: readonly AgentNowItem[]
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
  /** Taken without asking: the agent has just wished for it. */
  readonly auto?: boolean
  /** For how long it may ring, in ms; absent: as the agent's own configuration says. */
  readonly ring?: number
}

/** Queue → Conversation: this queue is no longer configured; wait elsewhere. `version`: of the configuration that says so. */
export interface Gone {
  readonly type: 'gone'
  readonly queue: QueueId
  readonly version: number
}

/** Queue → Conversation: the place in this queue, told at most once a second, rounded when far back; and the expected wait. */
export interface Place {
  readonly type: 'place'
  readonly queue: QueueId
  readonly stay: number
  readonly place: number
  /** Absent while it is not known. In ms. */
  readonly wait?: Range
}

/** Thread → Conversation: you exist. Conversation → Conversation: you are what was split from me. */
export interface Start {
  readonly type: 'start'
  readonly org: OrgId
  readonly thread: string
  readonly channel: string
  readonly medium: Medium
  readonly customer: Customer
  readonly pinned: Pinned
  readonly origin?: Origin
  /** Who had the customer's last conversation here. */
  readonly lastAgent?: AgentId
}

/** Where a conversation was split from, and what it takes along. Nothing is copied: it points to entries `first` to `last`. */
export interface Origin {
  readonly conversation: ConversationId
  readonly first: number
  readonly last: number
  readonly by: StaffFrom
  readonly hand: Handed
  /** Waits there instead of with the agent who split it. */
  readonly queue: string | null
}

/** What goes along when the customer's talk goes on in another conversation: who has it in hand, and its age. */
export interface Handed {
  readonly agent: AgentId | null
  readonly since: number | null
}

/** Conversation → Conversation: your customer's talk, mine until now, goes on in you. Answered by {@link Joined}. */
export interface Join {
  readonly type: 'join'
  readonly conversation: ConversationId
  readonly customer: string
  readonly thread: string
  readonly by: StaffFrom
  readonly hand: Handed
  /** As {@link Current.turn}. */
  readonly turn?: number
}
/** Conversation → Conversation: it does; or, with a reason, it does not. */
export interface Joined {
  readonly type: 'joined'
  readonly conversation: ConversationId
  readonly why: 'other customer' | 'elsewhere' | 'not begun' | null
}
/** Conversation → Conversation: what was merged into you goes on by itself again. */
export interface Part {
  readonly type: 'part'
  readonly conversation: ConversationId
  readonly by: StaffFrom
}
/** Conversation → Agent: laid aside until then, by you; null: no longer. */
export interface Aside {
  readonly type: 'aside'
  readonly conversation: ConversationId
  readonly until: number | null
  readonly card: ContactCard
}

/** Conversation → Agent: a note names you. */
export interface Mentioned {
  readonly type: 'mentioned'
  readonly conversation: ConversationId
  readonly mention: {
    /** The number of the note's entry. */
    readonly entry: number
    readonly by: string
    readonly customer: string
    readonly at: number
  }
}

/** Conversation → Agent: what was said here is erased; list it no more. */
export interface Forget {
  readonly type: 'forget'
  readonly conversation: ConversationId
}

/** Conversation → Agent: what was said last in what it owns, for a console that has no socket there; at most once in a few seconds. */
export interface News {
  readonly type: 'news'
  readonly conversation: ConversationId
  readonly lease: number
  readonly last: LastWord | null
  /** Words of the customer that the owner has not read, at most 99. */
  readonly unread: number
  /** What whoever handed it over had said to the next was taken away. */
  readonly noteGone?: boolean
}

/** Conversation → Thread: closed (until when it may be reopened), or open again. */
export interface Current {
  readonly type: 'current'
  readonly conversation: ConversationId
  readonly open: boolean
  /** In ms; only when closed. */
  readonly reopenUntil?: number
  /** Who had it last; absent: nobody. */
  readonly agent?: AgentId
  /** Takes the place of this one, whose customer's talk goes on here. */
  readonly instead?: ConversationId
  /** With `instead`: which of their comings and goings this is, by the later conversation's count; absent: the first. */
  readonly turn?: number
}

/** Thread → Conversation: what holds now, for a talk in which nothing was written yet. */
export interface PinAnew {
  readonly type: 'pin-anew'
  readonly pinned: Pinned
}

/** Thread → Conversation: the customer's talk goes on there. */
export interface Succeeded {
  readonly type: 'succeeded'
  readonly next: ConversationId
}

/** Any actor → Register: I have something to tell the record. */
export interface RegisterMe {
  readonly type: 'register'
}
/**
 * Access → whatever has sockets of this member: close them, all those of one session (`ended`: for good) or all those from
 * before these rights.
 */
export interface Dismiss {
  readonly type: 'dismiss'
  readonly staff: StaffId
  readonly of: { readonly session: string; readonly ended: boolean } | { readonly rights: number }
}

export type ToConversation =
  | PinAnew
  | Claim
  | Accepted
  | Declined
  | Lost
  | Interrupted
  | Place
  | Figures
  | Gone
  | PlanAnswer
  | Start
  | Succeeded
  | Join
  | Joined
  | Part
export type ToQueue = Wait | AskFigures | Avail | QueueSlice | Watch
export type ToAgent =
  | Bid
  | Grant
  | Refuse
  | End
  | Beside
  | Assign
  | Aside
  | News
  | Mentioned
  | Forget
  | AgentSlice
  | Watch
export type ToFloor = QueueNow | AgentNow | FloorSlice
export type ToThread = Current
export type ToBook = AskConfig | AskPlan
export type ToRegister = RegisterMe
export type Message = ToConversation | ToQueue | ToAgent | ToThread | ToBook | ToRegister | ToFloor | Dismiss
