/** The record: conversations, their entries, and what is found in them. */
import * as z from 'zod/mini'
import { KeptBody, PrivateBody, StaffFrom, statuses } from '../conversation.ts'
import { limit } from '../fields.ts'

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

const named = z.optional(z.string().check(z.minLength(1), z.maxLength(128)))
const instant = z.optional(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(8_640_000_000_000_000)))
/**
 * The query of GET /api/v1/conversations: those that meet all of it, as far as the caller may see them. `after` is the `next`
 * of the page before; a page may have fewer than `limit`, also none, before the last one.
 */
export const ConversationQuery = z.object({
  limit,
  after: named,
  /** `mine`: in the caller's hands; `team`: what the caller's team has had to do with, too. */
  scope: z._default(z.enum(['mine', 'team', 'all']), 'all'),
  /** `true`: without the closed ones. */
  open: z._default(z.enum(['true', 'false']), 'false'),
  status: z.optional(z.enum(statuses)),
  customer: named,
  /** In which it has waited. */
  queue: named,
  /** Who has had it in hand. */
  agent: named,
  tag: named,
  /** When its first word came, in ms; `to` is not included. */
  from: instant,
  to: instant,
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
  body: z.union([KeptBody, PrivateBody]),
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
