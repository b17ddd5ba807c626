/** What an agent's actor knows: its configuration, its presence, the work in hand, the open question to its queues. */
import type { Asking } from '../book/asking.ts'
import type { Cell, Rows, Tables } from '../engine/parts.ts'
import { openWatched, type Watched } from '../floor/watched.ts'
import { type Address, asId, type ConversationId, type QueueId } from '../ids.ts'
import type { Presence } from '../protocol/agent.ts'
import { type AgentConfig, Config, type Timings } from '../protocol/config.ts'
import { type Medium, type MediumConfig, mediaDefaults } from '../protocol/media.ts'
import type { Candidate, ContactCard, Picture } from '../protocol/messages.ts'
import { type Belonging, teamOf } from '../protocol/permissions.ts'
import type { AgentInterval } from '../protocol/segments.ts'
import { Board } from '../streams/board.ts'
import { Log } from '../streams/log.ts'
import type { Told as JournalEntry } from './journal.ts'
import type { Worked } from './occupancy.ts'

export interface Profile extends Asking {
  /** 0 before the first. */
  readonly version: number
  readonly config: AgentConfig | null
  readonly queueNames: Readonly<Record<string, string>>
  readonly reasons: readonly string[]
  /** Absent where an earlier program left it: none. */
  readonly declineReasons?: readonly string[]
  /** What an earlier program left knows fewer of them: see {@link mediumConfig}. */
  readonly media: Readonly<Partial<Record<Medium, MediumConfig>>>
  readonly timings: Timings
}

/** A capacity set at run time. It holds until the configured number `over` which it was set changes itself. */
export interface CapacitySet {
  readonly units: number
  readonly over: number
}

export interface Self {
  readonly presence: Presence
  readonly reason: string | null
  readonly notResponding: boolean
  /** Offers that rang out, in a row. */
  readonly missed: number
  /** When granted work last ended, or the agent last became available; ms. */
  readonly workedAt: number
  /** When it was last given a contact, in ms; absent: never. */
  readonly servedAt?: number
  /** Since it signed in, up to the interval that lasts; absent: nothing. */
  readonly worked?: Worked
  /** The last sign of life of a console that has gone or fallen silent, in ms. */
  readonly lastSeen: number | null
  /** What the last look at the console found: a socket, and one that answers. */
  readonly connected: boolean
  readonly link: boolean
  readonly capacity: Readonly<Partial<Record<Medium, CapacitySet>>>
}

/** The open question: its version, the picture it shows, and whether its round is over. */
export interface Question {
  readonly v: number
  readonly picture: string
  readonly late: boolean
}

/** A conversation in hand. `since`: when this state began; `until`: when it ends by itself; ms. */
export interface Item {
  readonly conversation: ConversationId
  readonly medium: Medium
  readonly state: 'claiming' | 'ringing' | 'owned' | 'wrap'
  readonly stay: number
  /** The queue it was claimed through; null: assigned by hand. */
  readonly via: QueueId | null
  /** The reservation of the claim; null: assigned by hand. */
  readonly res: string | null
  /** Owned as soon as it is granted. */
  readonly auto: boolean
  /** The agent has chosen it from a list. */
  readonly pulled?: true
  readonly lease: number | null
  readonly card: ContactCard | null
  /** When it came into hand, in ms. */
  readonly taken: number
  readonly since: number
  readonly until: number | null
  /** Since when it waits for work that cannot, in ms; absent: it does not. */
  readonly interrupted?: number
}

/** A conversation that was laid aside from here. */
export interface Laid {
  readonly conversation: ConversationId
  readonly until: number
  readonly card: ContactCard
}

/** An offer that somebody else was faster to take: told to the console for a while. */
export interface Overtaken {
  readonly conversation: ConversationId
  readonly lease: number | null
  readonly customer: ContactCard['customer'] | null
  /** Who has it, by name; null: somebody. */
  readonly by: string | null
  readonly at: number
}

/** The newest note of a conversation that names this agent. */
export interface Mention {
  readonly conversation: ConversationId
  readonly entry: number
  readonly by: string
  readonly customer: string
  readonly at: number
  readonly seen: boolean
}

/** A conversation that was closed here; `at` in ms. */
export interface Done {
  readonly conversation: ConversationId
  readonly customer: ContactCard['customer']
  readonly at: number
}

/** What a queue answered to question `v`. An answer to an older question counts for nothing. */
export interface Answered {
  readonly v: number
  readonly candidate: Candidate | null
}

/** What a queue was told last. */
export interface Told {
  readonly queue: QueueId
  readonly v: number
  readonly picture: Picture
}

export interface AgentState {
  readonly profile: Cell<Profile>
  readonly self: Cell<Self>
  readonly question: Cell<Question>
  readonly items: Rows<Item>
  readonly asides: Rows<Laid>
  readonly overtaken: Rows<Overtaken>
  readonly mentions: Rows<Mention>
  readonly done: Rows<Done>
  readonly table: Rows<Answered>
  readonly told: Rows<Told>
  readonly board: Board
  /** The interval that lasts; number 0 before the first. */
  readonly interval: Cell<AgentInterval>
  readonly journal: Log<JournalEntry>
  /** Whether the Floor looks at it. */
  readonly watched: Cell<Watched>
  /** When the console is looked at next, as far as this life knows; 0: not at all. A cache of the deadline. */
  lookAt: number
  /** A console came or went in this turn. Memory only. */
  stirred: boolean
  /** Contacts that ended in this turn, and how long (ms) they were in hand. Memory only. */
  handled: { readonly via: QueueId; readonly took: number }[]
}

const { media, timings } = Config.parse({
  organisation: 'none',
  queues: {},
  plans: {},
  entrances: { chat: 'none' },
  agents: {},
})

const noProfile: Profile = { version: 0, asked: 0, config: null, queueNames: {}, reasons: [], media, timings }
const newcomer: Self = {
  presence: 'offline',
  reason: null,
  notResponding: false,
  missed: 0,
  workedAt: 0,
  lastSeen: null,
  connected: false,
  link: false,
  capacity: {},
}

const noInterval: AgentInterval = {
  ...{ id: 0, version: 0, beganAt: 0, endedAt: null },
  ...{ presence: 'offline', reason: null, notResponding: false, connected: false, occupied: false },
}

export function openAgent(tables: Tables): AgentState {
  return {
    profile: tables.cell('config', noProfile),
    self: tables.cell('self', newcomer),
    question: tables.cell<Question>('question', { v: 0, picture: '', late: false }),
    items: tables.rows<Item>('items'),
    asides: tables.rows<Laid>('asides'),
    overtaken: tables.rows<Overtaken>('overtaken'),
    mentions: tables.rows<Mention>('mentions'),
    done: tables.rows<Done>('done'),
    table: tables.rows<Answered>('table'),
    told: tables.rows<Told>('told'),
    board: new Board(tables),
    interval: tables.cell('interval', noInterval),
    journal: new Log<JournalEntry>(tables),
    watched: openWatched(tables),
    lookAt: 0,
    stirred: false,
    handled: [],
  }
}

/** What the configuration says of a medium, or its default where that was told before there was such a medium. */
export function mediumConfig(state: AgentState, medium: Medium): MediumConfig {
  return state.profile.get().media[medium] ?? mediaDefaults[medium]
}

/** Whose an agent is: its own, and its team's. */
export function belongingOf(state: AgentState, self: Address): Belonging {
  return { staff: [self.id], teams: [teamOf(state.profile.get().config?.team)] }
}

/** The queues in the agent's own order, with its level in each. */
export function queuesOf(state: AgentState): readonly { readonly queue: QueueId; readonly level: number }[] {
  return (state.profile.get().config?.queues ?? []).map(({ queue, level }) => ({ queue: asId<QueueId>(queue), level }))
}
