/**
 * What Book and those who live by its configuration tell each other: the part that concerns each, and who asks for it. As
 * all messages between actors, these only gain fields that may be absent.
 */
import type { Program } from '../flow/program.ts'
import type { PlanId } from '../ids.ts'
import type { AgentConfig, Config, Hours, QueueConfig, Timings } from './config.ts'
import type { Medium, MediumConfig } from './media.ts'
import type { Plan } from './plan.ts'
import type { FloorPolicy, Policies } from './policies.ts'
import type { Attribute, Disposition } from './settings.ts'
import type { AskedField, WidgetSettings } from './widget.ts'

/** Conversation → Book: I know version `have`; which plan would I begin with now? */
export interface AskPlan {
  readonly type: 'ask-plan'
  readonly have: number
  /** Somebody by whom the conversation is to be taken: is this an agent? */
  readonly agent?: string
}

/** Book → Conversation. */
export interface PlanAnswer {
  readonly type: 'plan'
  readonly pinned: Pinned
  /** The agent that was asked about; without a name there is none. */
  readonly agent?: { readonly id: string; readonly name: string | null }
}

/** What a conversation needs to know of the configuration. */
export interface Pinned {
  readonly version: number
  readonly planId: PlanId
  readonly plan: Plan
  /** Those that it leads to, and the opening hours they speak of; absent: none. */
  readonly plans?: Readonly<Record<string, Plan>>
  readonly hours?: Readonly<Record<string, Hours>>
  /** What leads through the conversation before anybody is sought; absent: nothing. */
  readonly flow?: Program
  readonly queueNames: Readonly<Record<string, string>>
  /** Of those queues that are of a team. */
  readonly queueTeams?: Readonly<Record<string, string>>
  readonly timings: Timings
  /** How long offers ring of those media that say so themselves (ms); absent: as all others. */
  readonly rings?: Readonly<Partial<Record<Medium, number>>>
  /** Absent: the defaults. */
  readonly policies?: Policies
  /** When the entrance is open, and what it is for customers while it is not; absent: always open. */
  readonly entrance?: { readonly hours: Hours; readonly outsideHours: WidgetSettings['outsideHours'] }
  /** What is asked before the first word; absent: nothing. */
  readonly asked?: readonly AskedField[]
  /** Agents read what its customer types before it is sent; absent: they do not. */
  readonly typingPreview?: true
  /** Queues of which a conversation is closed only with a disposition; absent: none. */
  readonly dispositionRequired?: readonly string[]
  /** Absent where the sender does not know of it yet. */
  readonly desk?: Desk
}

/** What staff may note about a conversation. */
export interface Desk {
  readonly tags: readonly string[]
  readonly dispositions: Readonly<Record<string, Pick<Disposition, 'queues' | 'noteRequired' | 'requires'>>>
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Of customers. Absent where the sender does not know of it yet: nobody but administrators sees them; an earlier one told no types. */
  readonly customers?: Readonly<Record<string, Attribute | Pick<Attribute, 'visibleTo'>>>
}

/** Book → Queue, Agent, Floor: the part of a new version that concerns the receiver; null when it is no longer named. */
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
  readonly declineReasons?: readonly string[]
  /** A sender of before there were others leaves them out: then their defaults hold. */
  readonly media: Readonly<Partial<Record<Medium, MediumConfig>>>
  readonly timings: Timings
}

export interface FloorSlice {
  readonly type: 'floor-config'
  readonly version: number
  readonly queues: Readonly<Record<string, { readonly name: string; readonly team: string }>>
  readonly agents: Readonly<
    Record<string, { readonly name: string; readonly team: string; readonly queues: readonly string[] }>
  >
  readonly policy: FloorPolicy
}

/** Queue, Agent, Floor → Book: I know version `have` and saw a newer one. */
export interface AskConfig {
  readonly type: 'ask-config'
  readonly have: number
}

/** Thread asks Book for a plan by RPC; this is what Book knows. */
export type Published = { readonly version: number; readonly config: Config }
