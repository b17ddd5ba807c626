/**
 * Queries and bodies of the HTTP API: staff sessions, tickets for sockets, the chat channel's entrance, commands, the
 * record, configuration. Each schema that is exported here has its name in the OpenAPI document too.
 */
import * as z from 'zod/mini'
import { KeptPage } from '../engine/keeping.ts'
import { AgentCommand } from './agent.ts'
import { Config, ConfigChange, ConfigVersion } from './config.ts'
import { PrivateBody, PublicBody, StaffCommand, StaffEntry, StaffFrom, statuses } from './conversation.ts'
import { ClientFrame, ServerFrame } from './frames.ts'
import { FILE_PART } from './limits.ts'
import { StaffRole } from './principal.ts'

/** What makes a request safe to send again. */
export const commandId = /^[A-Za-z0-9_-]{8,64}$/

/** How many items a page has. */
const limit = z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50)

/** GET /api/health */
export const Health = z.object({ ok: z.literal(true) })

/** GET /api/openapi.json */
export const Reference = z.looseObject({ openapi: z.literal('3.1.0') })
/** GET /api/docs */
export const Page = z.string()

const code = z.string().check(z.trim(), z.regex(/^(\d{6}|[A-Za-z2-7-]{16,24})$/))

/** POST /api/v1/session */
export const SignIn = z.object({
  email: z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(200)),
  password: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Of the second factor, or a recovery code, where one is on: without it the answer is `second_factor`. */
  code: z.optional(code),
})
/** GET and POST /api/v1/session */
export const Session = z.object({
  /** A second factor has to be turned on before anything else. */
  mustEnrol: z.optional(z.boolean()),
  organisation: z.object({ id: z.string(), name: z.string() }),
  staff: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: StaffRole,
    team: z.optional(z.string()),
  }),
})
export type Session = z.infer<typeof Session>

/** GET /api/v1/session/factor */
export const FactorState = z.object({ on: z.boolean(), required: z.boolean(), recoveryCodesLeft: z.int() })
/** POST /api/v1/session/factor */
export const FactorBegin = z.object({ password: z.string().check(z.minLength(1), z.maxLength(200)) })
/** For the authenticator app: the secret in base32, and the address of the QR code. */
export const FactorSecret = z.object({ secret: z.string(), address: z.string() })
/** PUT /api/v1/session/factor */
export const FactorCode = z.object({ code })
/** Each opens once, in place of a code of the app; shown this once. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) })
/** POST /api/v1/session/factor/off */
export const FactorOff = z.object({ code })

/** What an organisation keeps sealed: `oidc` is the client secret of its identity provider. */
export const secretNames = ['oidc'] as const
/** GET /api/v1/secrets: which are set, since when (ms), sealed by which key. What they are, nobody can read back. */
export const SecretList = z.object({ items: z.array(z.object({ name: z.string(), setAt: z.number(), key: z.int() })) })
/** PUT /api/v1/secrets/:name */
export const SecretValue = z.object({ value: z.string().check(z.minLength(1), z.maxLength(4_000)) })

/** POST /api/v1/tickets: opens one socket to one actor of the caller's organisation. */
export const TicketRequest = z.object({
  kind: z.enum(['agent', 'queue', 'conversation']),
  id: z.string().check(z.minLength(1), z.maxLength(128)),
})
/** A JWT, good for 60 s and one actor. */
export const Ticket = z.object({ ticket: z.string() })

/**
 * POST /channels/chat/:organisation/session: a widget says who opened it. `visitor` is the token it was given before;
 * `user` is the shop's own signed word (JWT, HS256, claims `sub`, `name`, `email?`, `exp`).
 */
export const ChatSessionRequest = z.object({
  visitor: z.optional(z.string().check(z.maxLength(2_000))),
  user: z.optional(z.string().check(z.maxLength(4_000))),
  /** Makes a new conversation when the current one is closed and the time for reopening is over. */
  command: z.string().check(z.regex(commandId)),
})
/** `ticket` opens a socket to `conversation`; ask again for the next socket. */
export const ChatSession = z.object({
  visitor: z.string(),
  conversation: z.string(),
  ticket: z.string(),
  organisation: z.object({ name: z.string() }),
  customer: z.object({ name: z.string(), verified: z.boolean() }),
  /** Outside opening hours: a message may be left, which is read from then on (ms; null: nobody knows when). */
  closed: z.optional(z.object({ until: z.nullable(z.number()) })),
})
export type ChatSession = z.infer<typeof ChatSession>

/**
 * POST /poll/:kind/:id, header `authorization: Bearer <ticket>`: the socket's protocol where upgrades are refused. The
 * first frame is hello, commands and marks may follow; answered when there is news, or after at most 20 s with what there is.
 */
export const PollRequest = z.object({
  frames: z.array(ClientFrame).check(z.minLength(1), z.maxLength(50)),
  /** Holds the answer no longer than this, in ms; 0 answers at once. */
  wait: z.optional(z.int().check(z.minimum(0), z.maximum(20_000))),
  /** The `view` of the last answer: a poll is answered early when the view has changed since. */
  view: z.optional(z.string().check(z.maxLength(64))),
})
/** `closed` is the close code the actor gave, if it did. `view` names the newest view among all answers so far. */
export const PollAnswer = z.object({
  frames: z.array(ServerFrame),
  closed: z.nullable(z.int()),
  view: z.optional(z.string()),
})
export type PollAnswer = z.infer<typeof PollAnswer>

/** RFC 9457 problem document. `errors` name the fields; `changes` are what others published meanwhile, 100 at most. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
  changes: z.optional(z.array(ConfigChange)),
})
export type Problem = z.infer<typeof Problem>

/** The header `Idempotency-Key` may stand for it. */
const Identified = z.object({ id: z.optional(z.string().check(z.regex(commandId))) })
const Done = z.object({})

/** POST /api/v1/agents/:id/commands: what a socket's `cmd` frame is. */
export const AgentCommandRequest = z.intersection(Identified, AgentCommand)
export const AgentCommandAnswer = z.object({ value: Done })

/** POST /api/v1/conversations/:id/commands: what a socket's `cmd` frame is. */
export const ConversationCommandRequest = z.intersection(Identified, StaffCommand)
/** What was written has its number, `history` its entries. */
export const ConversationCommandAnswer = z.object({
  value: z.union([
    z.object({ seq: z.int() }),
    z.object({ entries: z.array(StaffEntry) }),
    /** The new one, of a split. */
    z.object({ conversation: z.string() }),
    Done,
  ]),
})

const fileFacts = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  /** Its media type, without parameters. */
  media: z.string().check(z.regex(/^[a-z]{1,30}\/[a-z0-9][a-z0-9.+-]{0,99}$/)),
}
/** Of staff: under which lease; customers have none. */
const underLease = z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0)
/** The query of PUT /files/:conversation/:file: a file of at most {@link FILE_PART} bytes, in one piece. */
export const FileQuery = z.object({
  ...fileFacts,
  size: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(FILE_PART)),
  lease: underLease,
})
/** POST /files/:conversation/:file/parts: begins an upload in parts, or takes it up again. */
export const UploadRequest = z.object({
  ...fileFacts,
  size: z.int().check(z.minimum(1)),
  lease: z._default(z.int().check(z.minimum(0)), 0),
})
/** Every part but the last has `part` bytes; those in `arrived` need not be sent again. The upload ends at `until`, in ms. */
export const UploadState = z.object({ part: z.int(), parts: z.int(), arrived: z.array(z.int()), until: z.number() })
/** POST /files/:conversation/:file: all parts have been sent. */
export const UploadEnd = z.object({ lease: z._default(z.int().check(z.minimum(0)), 0) })
/** What is no JSON. */
export const Bytes = z.unknown()
/** The file is an entry of the conversation, under this number of the sender's stream. */
export const SentFile = z.object({ seq: z.int() })

const found = z.int()
/** What an erasure has found and taken away, and where. Counts; `entries` are those that the conversations themselves held. */
export const Findings = z.object({
  identifiers: found,
  threads: found,
  conversations: found,
  entries: found,
  recordedEntries: found,
  files: found,
  transcripts: found,
  uploads: found,
  indexed: found,
  customers: found,
})
export type Findings = z.infer<typeof Findings>
/**
 * POST and GET /api/v1/customers/:id/erasure: the proof. `done` is null while it goes on. `copies` says what the platform's
 * point-in-time copies still hold, until when (ms); nobody but the account's owner can reach them.
 */
export const Erasure = z.object({
  customer: z.string(),
  requested: z.object({ by: z.string(), at: z.number() }),
  done: z.nullable(z.number()),
  found: Findings,
  copies: z.nullable(z.object({ until: z.number(), of: z.array(z.string()) })),
})
export type Erasure = z.infer<typeof Erasure>

/** The query of GET /api/v1/queues and of GET /api/v1/agents. `cursor` is the `next` of the page before. */
export const NameQuery = z.object({
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000)), 1_000),
  cursor: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/))),
})
/** GET /api/v1/queues, GET /api/v1/agents. Without a team: the common one. */
export const NameList = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), team: z.optional(z.string()) })),
  next: z.nullable(z.string()),
})
export type NameList = z.infer<typeof NameList>

const Choice = { id: z.string(), name: z.string() }
/** GET /api/v1/desk: what staff note about conversations, and for how long they may lay one aside (ms). */
export const Desk = z.object({
  tags: z.array(z.object({ ...Choice, colour: z.optional(z.string()) })),
  /** Those that only group others are left out; `group` is the name of theirs. */
  dispositions: z.array(
    z.object({ ...Choice, group: z.optional(z.string()), queues: z.optional(z.array(z.string())) }),
  ),
  attributes: z.array(
    z.object({
      ...Choice,
      type: z.enum(['text', 'number', 'boolean', 'date', 'list']),
      values: z.optional(z.array(z.string())),
    }),
  ),
  snooze: z.object({ least: z.number(), most: z.number() }),
})
export type Desk = z.infer<typeof Desk>

/** GET /api/v1/config */
export const PublishedConfig = z.object({ version: z.int(), config: Config })
/** PUT /api/v1/config, header `Idempotency-Key`: the new version, and what is legal in it but likely not meant. */
export const PublishedVersion = z.object({
  version: z.int(),
  warnings: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
})
export type PublishedVersion = z.infer<typeof PublishedVersion>

const versionNumber = z.coerce.number().check(z.int(), z.minimum(0))
const note = z.string().check(z.trim(), z.maxLength(200))
/** The query of PUT /api/v1/config. `base` is the version it was made from: refused with 409 when another is published by now. */
export const PublishQuery = z.object({ base: z.optional(versionNumber), note: z.optional(note) })

/** The query of GET /api/v1/config/versions. `cursor` is the `next` of the page before. */
export const ConfigVersionQuery = z.object({
  limit,
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}$/))),
})
/** GET /api/v1/config/versions: newest first, as many as are kept. `byName` is null when nobody of this id is left. */
export const ConfigVersionList = z.object({
  items: z.array(z.extend(ConfigVersion, { byName: z.nullable(z.string()) })),
  next: z.nullable(z.string()),
})
export type ConfigVersionList = z.infer<typeof ConfigVersionList>
/** GET /api/v1/config/versions/:version */
export const KeptConfig = z.extend(ConfigVersion, { config: Config })
export type KeptConfig = z.infer<typeof KeptConfig>
/** POST /api/v1/config/versions/:version/return. `base` as in PublishQuery. */
export const ReturnRequest = z.object({ base: z.optional(z.int().check(z.minimum(0))), note: z.optional(note) })
/** The query of GET /api/v1/config/changes: `to` is the newest version when it is left out. */
export const ConfigChangesQuery = z.object({ from: versionNumber, to: z.optional(versionNumber) })
/** GET /api/v1/config/changes: what makes version `to` of version `from`. */
export const ConfigChanges = z.object({ from: z.int(), to: z.int(), changes: z.array(ConfigChange) })
export type ConfigChanges = z.infer<typeof ConfigChanges>

/** A conversation as the record knows it. Times in ms. */
export const ConversationSummary = z.object({
  id: z.string(),
  customer: z.object({ id: z.string(), name: z.string() }),
  channel: z.string(),
  status: z.enum(statuses),
  owner: z.nullable(z.string()),
  openedAt: z.number(),
  closedAt: z.nullable(z.number()),
  entries: z.int(),
  tags: z.array(z.string()),
  disposition: z.nullable(z.string()),
  rating: z.nullable(z.int()),
  snoozedUntil: z.nullable(z.number()),
  /** Where its talk goes on, and where it came from. */
  mergedInto: z.nullable(z.string()),
  splitFrom: z.nullable(z.string()),
})

/** The query of GET /api/v1/conversations. `open` leaves out the closed ones; `after` is the `next` of the page before. */
export const ConversationQuery = z.object({
  limit,
  after: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
  open: z._default(z.enum(['true', 'false']), 'false'),
})
/** The query of GET /api/v1/customers/:id/conversations. `after` is the `next` of the page before. */
export const CustomerConversationQuery = z.object({
  limit,
  after: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
})
/** GET /api/v1/conversations, GET /api/v1/customers/:id/conversations: newest first. `next` is the `after` of the next page. */
export const ConversationList = z.object({ items: z.array(ConversationSummary), next: z.nullable(z.string()) })
export type ConversationList = z.infer<typeof ConversationList>

/** An entry as the record knows it: what staff may read of it. */
export const RecordedEntry = z.object({
  seq: z.int(),
  pub: z.nullable(z.int()),
  at: z.number(),
  id: z.string(),
  from: StaffFrom,
  body: z.union([PublicBody, PrivateBody]),
})
/** The query of GET /api/v1/conversations/:id/entries: those after the number `after`. */
export const EntryQuery = z.object({ limit, after: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0) })
/** GET /api/v1/conversations/:id/entries: oldest first. */
export const EntryList = z.object({ items: z.array(RecordedEntry), next: z.nullable(z.string()) })
export type EntryList = z.infer<typeof EntryList>

/** The query of GET /api/v1/search: all of its words must be there. `cursor` is the `next` of the page before. */
export const SearchQuery = z.object({
  q: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  cursor: z.optional(z.string().check(z.regex(/^\d{1,19}$/))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(50)), 20),
})
/** A message or note that was found. The matches are places in the snippet's plain text, in UTF-16 units. */
export const SearchMatch = z.object({
  conversation: z.string(),
  seq: z.int(),
  at: z.number(),
  type: z.enum(['message', 'note']),
  from: StaffFrom,
  snippet: z.object({ text: z.string(), matches: z.array(z.object({ from: z.int(), to: z.int() })) }),
})
export type SearchMatch = z.infer<typeof SearchMatch>
/** GET /api/v1/search: newest first. */
export const SearchAnswer = z.object({ items: z.array(SearchMatch), next: z.nullable(z.string()) })
export type SearchAnswer = z.infer<typeof SearchAnswer>

/** What does not get through from an actor: to which receivers since when, and what it no longer tells the record. */
export const StuckLists = z.object({
  peers: z.array(
    z.object({ peer: z.string(), waiting: z.int(), attempts: z.int(), since: z.number(), error: z.string() }),
  ),
  parked: z.array(z.object({ id: z.int(), kind: z.string(), attempts: z.int(), error: z.string() })),
})
/** The query of GET /api/ops/stuck; `after` is the `next` of the page before. */
export const StuckQuery = z.object({ limit, after: z.optional(z.string().check(z.minLength(1), z.maxLength(300))) })
/** GET /api/ops/stuck: what actors have reported of themselves, by their names; `at`: since when it is so, in ms. */
export const StuckList = z.object({
  items: z.array(z.object({ actor: z.string(), at: z.number(), ...StuckLists.shape })),
  next: z.nullable(z.string()),
})
export type StuckList = z.infer<typeof StuckList>

/** The query of GET /api/ops/backup/actors and /api/ops/backup/objects: `cursor` is the `next` of the page before. */
export const BackupQuery = z.object({ cursor: z._default(z.string().check(z.maxLength(1_200)), '') })
const actor = z.string().check(z.minLength(1), z.maxLength(300))
/** GET /api/ops/backup/actors: the names of those that hold something lasting. */
export const BackupActors = z.object({ items: z.array(z.string()), next: z.nullable(z.string()) })
export type BackupActors = z.infer<typeof BackupActors>
/** The query of GET /api/ops/backup/actor. */
export const ActorQuery = z.object({ actor, cursor: z._default(z.string().check(z.maxLength(1_200)), '') })
/** GET /api/ops/backup/actor: a page of what an actor holds, as it is stored. */
export const BackupPage = KeptPage
/** PUT /api/ops/backup/actor: pages in order; refused with `conflict` where something is already. */
export const RestoreRequest = z.object({ actor, page: KeptPage })
const key = z.string().check(z.minLength(1), z.maxLength(900))
/** GET /api/ops/backup/objects: what lies in the bucket; keys without the organisation. */
export const BackupObjects = z.object({
  items: z.array(z.object({ key, size: z.int(), media: z.string(), metadata: z.record(z.string(), z.string()) })),
  next: z.nullable(z.string()),
})
export type BackupObjects = z.infer<typeof BackupObjects>
/** The query of GET /api/ops/backup/object. */
export const ObjectQuery = z.object({ key })
/** The query of PUT /api/ops/backup/object; `metadata` as JSON. */
export const RestoreObject = z.object({
  key,
  size: z.coerce.number().check(z.int(), z.minimum(0)),
  media: z.string().check(z.maxLength(200)),
  metadata: z.string().check(z.maxLength(4_000)),
})

/** POST /api/ops/replay: `actor` as it stands in a StuckList. */
export const ReplayRequest = z.object({ actor: z.string().check(z.minLength(1), z.maxLength(300)) })
export const ReplayAnswer = z.object({ items: z.int() })

/**
 * POST /api/ops/rebuild: one step. `empty` deletes a part of the projection; then the answers' `next` leads, shard by shard,
 * through the register.
 */
export const RebuildRequest = z.object({ cursor: z.string().check(z.regex(/^(empty|\d{1,4}:\d{1,15})$/)) })
/** `silent`: actors that did not answer. `next`: the cursor of the next step; null when this was the last. */
export const RebuildStep = z.object({
  deleted: z.int(),
  asked: z.int(),
  silent: z.array(z.string()),
  next: z.nullable(z.string()),
})
export type RebuildStep = z.infer<typeof RebuildStep>
