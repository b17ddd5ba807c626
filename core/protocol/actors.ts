/** The RPC surface of each actor as the edge sees it: questions and commands, always answered with a Result. */
import type { KeptPage } from '../engine/keeping.ts'
import type { Row as RecordedRow } from '../floor/tally.ts'
import type { ActorName, CommandId, ConversationId, CustomerId, OrgId } from '../ids.ts'
import type { Limit } from '../limiter/model.ts'
import type { Result } from '../result.ts'
import type { ClosedNow } from './api/chat.ts'
import type { Pinned, Published } from './book-messages.ts'
import type { Config, ConfigInput, ConfigVersion } from './config.ts'
import type { Details, Erased, PublicEntry, StaffEntry } from './conversation.ts'
import type { Account, QueueExplanation } from './explanation.ts'
import type { FloorRow } from './floor.ts'
import type { FilePolicy } from './policies.ts'
import type { Principal, StaffSession } from './principal.ts'
import type { ConversationRecord } from './projection.ts'

/** Every actor: a command by POST, what a socket's `cmd` frame is; and the operators' way to have it try again. */
export interface ActorRpc {
  command(principal: Principal, command: { id: string; name: string; body: unknown }): Promise<Result<unknown>>
  /** What is stuck or parked right now. Actors report it by themselves; an edge of before asks. */
  stuck(): Promise<StuckReport>
  /** Sends again what is stuck or parked, and reports how it stands; how many receivers and feeds that were. */
  replay(): Promise<number>
  /** What a backup keeps, after a cursor; '' begins. */
  keep(cursor: string): Promise<KeptPage>
  /** Takes a page of a backup into an actor that holds nothing yet. */
  restore(page: KeptPage): Promise<Result<undefined>>
  /** Tells the record everything again, from the beginning; false when there is nothing to tell. */
  retell(): Promise<boolean>
}

/** Receivers that were tried in vain too often, and what was parked. */
export interface StuckReport {
  readonly actor: string
  readonly peers: readonly { peer: string; waiting: number; attempts: number; since: number; error: string }[]
  readonly parked: readonly { id: number; kind: string; attempts: number; error: string }[]
}

/** What the shop says of a customer, for the order of queues: how much they matter, and facts of its own. */
export interface Standing {
  readonly grade?: number
  readonly attributes?: Readonly<Record<string, string | number>>
}

export interface Customer extends Standing {
  readonly id: CustomerId
  readonly name: string
  /** Vouched for by the shop. */
  readonly verified: boolean
  /** What the customer has said before, and the shop besides. */
  readonly details?: Details
}

export interface ThreadRpc extends ActorRpc {
  /**
   * The current conversation of this customer in this channel, a new one when there is none or the last one is closed
   * for good, or closed and a `fresh` one is wanted. Answers after the conversation knows that it exists. `closed`: outside opening hours, until then (ms; null: nobody knows). The name of the actor is
   * `<org>/thread/chat:<sha-256>`.
   */
  open(command: {
    id: CommandId
    org: OrgId
    customer: Customer
    entrance: 'chat'
    fresh?: boolean
  }): Promise<Result<{ conversation: ConversationId; closed?: ClosedNow }>>
  /** Forgets its conversation, which is being erased; which one that was. */
  forget(): Promise<{ conversation: ConversationId | null }>
}

/** The Access actor of one member of staff; its name is `<org>/access/<staff id>`. */
export interface AccessRpc extends ActorRpc {
  /** Before each socket: notes where it opens. Refused when the session is over or its rights are no longer the present. */
  enter(session: StaffSession, actor: ActorName): Promise<Result<void>>
  /** The session was used: it ends when this says, under these rights. */
  prolong(session: StaffSession): Promise<void>
  /** The session is over: its sockets close, its tickets open no more. */
  end(session: string): Promise<void>
  /** What the member may do has changed: sockets and tickets from before are over. */
  raise(rights: number): Promise<void>
}

/** A file that has arrived; `id` is the command under which it becomes an entry. Staff say under which lease (else 0). */
export interface AttachedFile {
  readonly id: string
  readonly name: string
  readonly media: string
  /** In bytes. */
  readonly size: number
  readonly lease: number
  /** Of a picture, in pixels. */
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** Entries of a conversation, and what the record shows of it. `next`: after which number the next page begins. */
export interface TranscriptPage {
  readonly conversation: ConversationRecord
  readonly entries: readonly StaffEntry[]
  readonly next: number | null
}

/** Entries as somebody may read them, after a number of the stream that is theirs. `next`: after which the next page begins. */
export interface ReadPage {
  readonly entries: readonly (PublicEntry | StaffEntry)[]
  readonly next: number | null
  /** The customer's name. */
  readonly customer: string
  /** Whether the conversation is in the reader's own hands. */
  readonly isOwn: boolean
}

export interface ConversationRpc extends ActorRpc {
  /** Whether this principal may read here, a certain file if one is named: one that was taken away nobody may. */
  admits(principal: Principal, file?: string): Promise<Result<unknown>>
  /** The ids of the files that were taken away. */
  removedFiles(): Promise<readonly string[]>
  /** Whether this principal may send a file now, and within which limits. */
  mayAttach(principal: Principal, lease: number): Promise<Result<FilePolicy>>
  /** The file has arrived whole: it becomes an entry, once. */
  attach(principal: Principal, file: AttachedFile): Promise<Result<{ seq: number }>>
  /** Whether this principal's file has become an entry. */
  attached(principal: Principal, id: string): Promise<boolean>
  /** Where it stands, and the decisions about it, for somebody who may look at it. */
  explain(principal: Principal): Promise<Result<Account>>
  /** What this principal may read here, after the number `after` of the own stream. */
  read(principal: Principal, after: number): Promise<Result<ReadPage>>
  /** What is kept here, after the entry `seq`. */
  transcript(seq: number): Promise<TranscriptPage>
  /** Forgets everything but a tombstone. Doing it again changes nothing; the number of entries that were there. */
  erase(why: Erased['why']): Promise<Result<{ entries: number }>>
}

export interface QueueRpc extends ActorRpc {
  /** Why a contact is not served out of this queue now; null: it does not wait here. */
  explain(conversation: string): Promise<QueueExplanation | null>
}

/** The Limiter actor, which counts tries under keys that tell nobody who tried. */
export interface LimiterRpc extends ActorRpc {
  /** Counts a try; how long to wait in ms, 0 when it may be made. */
  take(key: string, limit: Limit): Promise<number>
  /** It was no failure: takes this try back, or all of them. */
  giveBack(key: string, how: 'one' | 'all'): Promise<void>
}

/** Who publishes under which command id, why, and from which version it was made. */
interface Publishing {
  id: string
  by: string
  note?: string | undefined
  base?: number | undefined
  /** Refuses a version in which people would sign in otherwise than in the newest one. */
  keepsSession?: boolean | undefined
}

export interface BookRpc extends ActorRpc {
  /**
   * Publishes a new version. Refused with the field's path when it does not fit the schema or points nowhere, with
   * `conflict` when another version than `base` is published.
   */
  publish(command: Publishing & { config: ConfigInput }): Promise<Result<{ version: number }>>
  /** Publishes what version `to` says as a new version. */
  returnTo(command: Publishing & { to: number }): Promise<Result<{ version: number }>>
  /** The newest version, or version `n`; `not_found` before the first. */
  read(version?: number): Promise<Result<{ version: number; config: Config }>>
  /** The newest version for somebody who has one already, or ''; `not_found` before the first. */
  newest(mark: string): Promise<Result<NewestConfig>>
  /** Of the newest version what a new chat needs, asked as `newest`; null: no plan for chats. */
  newestChat(mark: string): Promise<Result<NewestChat>>
  /** The versions that are kept, newest first. */
  versions(): Promise<ConfigVersion[]>
}

/** `mark` names one publication: it comes back with the next question. Absent is what the asker has already. */
export interface NewestConfig {
  readonly mark: string
  readonly published?: Published
}

export interface NewestChat {
  readonly mark: string
  readonly pinned?: Pinned | null
}

export interface RegisterRpc extends ActorRpc {
  /** Actors that have something to tell, after the place `after` (0: from the first), and where the next page begins. */
  page(after: number, limit: number): Promise<RegisterPage>
  /** Who of these is not in it. */
  lacking(names: readonly ActorName[]): Promise<ActorName[]>
  /** Takes these in; who is in it stays once. */
  enrol(names: readonly ActorName[]): Promise<void>
}

export interface RegisterPage {
  readonly names: readonly ActorName[]
  /** Null: this was the last page. */
  readonly next: number | null
}

/** The organisation's Floor; its name is `<org>/floor/floor`. */
export interface FloorRpc extends ActorRpc {
  /** What an audience sees now (see core/floor/rows.ts). Asking is looking: it holds the lease for a while. */
  read(audience: string): Promise<{ readonly at: number; readonly rows: readonly FloorRow[] }>
  /** What the record has just written; `gap`: others before could not be told. False: nobody looks. */
  recorded(rows: readonly RecordedRow[], gap: boolean): Promise<boolean>
  /** The record is about to answer wish `n`: from when until when it shall tell; null: it need not. */
  beginRecall(n: number): Promise<{ readonly from: number; readonly to: number } | null>
  /** A part of the answer; false: it is no longer wanted. */
  recall(n: number, rows: readonly RecordedRow[]): Promise<boolean>
  /** That was all. */
  endRecall(n: number): Promise<void>
}
