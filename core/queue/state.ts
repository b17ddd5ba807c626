/** What a queue knows: its configuration, who waits, and its picture of the agents that serve it. */
import type { Asking } from '../book/asking.ts'
import type { Cell, Rows, Tables } from '../engine/parts.ts'
import { openWatched, type Watched } from '../floor/watched.ts'
import type { AgentId, ConversationId } from '../ids.ts'
import { QueueConfig, Timings } from '../protocol/config.ts'
import type { Picture, WaitEntry } from '../protocol/messages.ts'
import { Board } from '../streams/board.ts'
import type { Asker } from './figures.ts'
import { Lineup } from './lineup.ts'
import { type Pace, unknownPace } from './pace.ts'
import { Places } from './places.ts'

export interface KnownConfig extends Asking {
  /** 0 before the first. */
  readonly version: number
  readonly config: QueueConfig | null
  readonly timings: Timings
}

/** A contact that waits here. */
export interface Entry extends WaitEntry {
  readonly conversation: ConversationId
  readonly cv: number
  readonly stay: number
  /** The place that the customer was told last. */
  readonly told: number | null
  /** The expected wait that was told with it, as steps; absent: none. */
  readonly toldWait?: string
  /** The version of the configuration that it could hear of then; absent: of none. */
  readonly heard?: number
}

/** What stands between the queue and an agent: an answer it owes, a bid that is out, or nothing. */
export type Standing =
  | { readonly is: 'owes' }
  | { readonly is: 'none' }
  | { readonly is: 'bid'; readonly conversation: ConversationId; readonly stay: number }

/** An agent that serves this queue. */
export interface Seat {
  readonly agent: AgentId
  readonly v: number
  readonly picture: Picture
  readonly standing: Standing
  /** Left a bid unanswered: gets nothing until it speaks. */
  readonly silent: boolean
  /** Since when its items have held a contact that waits here, in ms. */
  readonly holdsSince: number | null
  /** They did so for too long: they hold no more. */
  readonly itemsIgnored: boolean
}

/** What a turn touched. Memory only: it says what the end of the turn has to look at. */
export interface Fresh {
  /** Something that the pump looks at. */
  pump: boolean
  /** Who waits, in what order, or how fast they are served. */
  order: boolean
  /** Contacts that were touched, or whose holders were. */
  readonly contacts: Set<string>
  /** Agents whose row was written. */
  readonly seats: Set<AgentId>
}

export interface QueueState {
  readonly known: Cell<KnownConfig>
  readonly entries: Rows<Entry>
  readonly roster: Rows<Seat>
  readonly pace: Cell<Pace>
  /** Conversations whose plans wait for figures of this queue. */
  readonly askers: Rows<Asker>
  readonly board: Board
  readonly lineup: Lineup
  readonly fresh: Fresh
  /** Whether the Floor looks at it. */
  readonly watched: Cell<Watched>
  /** Who may have to be told another place. Memory only. */
  readonly places: Places
  /** Rows of the board that say what an order of before compared; null: this life does not know. Memory only. */
  readonly shown: { stale: string[] | null }
  /** When places and figures are due to be told, as far as this life knows; 0: not at all. Caches of the deadlines. */
  placesAt: number
  figuresAt: number
}

export function openQueue(tables: Tables): QueueState {
  const initial = { version: 0, asked: 0, config: null, timings: Timings.parse({}) }
  const known = tables.cell<KnownConfig>('config', initial)
  const entries = tables.rows<Entry>('entries')
  const roster = tables.rows<Seat>('roster')
  return {
    known,
    entries,
    roster,
    pace: tables.cell<Pace>('pace', unknownPace),
    askers: tables.rows<Asker>('askers'),
    board: new Board(tables),
    lineup: new Lineup(entries, roster, configOf({ known })),
    fresh: { pump: false, order: false, contacts: new Set(), seats: new Set() },
    watched: openWatched(tables),
    places: new Places(),
    shown: { stale: null },
    placesAt: 0,
    figuresAt: 0,
  }
}

/** The configuration, or what holds without one. */
export function configOf({ known }: Pick<QueueState, 'known'>): QueueConfig {
  return known.get().config ?? unconfigured
}

const unconfigured = QueueConfig.parse({ name: 'unconfigured' })
