/** Bodies of the chat channel's entrance. */
import * as z from 'zod/mini'
import { statuses } from '../conversation.ts'
import { commandId } from './shared.ts'

export { WidgetLook, WidgetLookQuery } from '../widget.ts'

/**
 * POST /channels/chat/:organisation/session: a widget says who opened it. `visitor` is the token it was given before;
 * `user` is the shop's own signed word (JWT, HS256, claims `sub`, `name`, `email?`, `exp`).
 */
export const ChatSessionRequest = z.object({
  visitor: z.optional(z.string().check(z.maxLength(2_000))),
  user: z.optional(z.string().check(z.maxLength(4_000))),
  /** Makes a new conversation when the current one is closed and the time for reopening is over. */
  command: z.string().check(z.regex(commandId)),
  /** An earlier conversation of the same customer: the ticket is for that one, to read it again. */
  conversation: z.optional(z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{26}$/))),
  /** A closed conversation is let rest, and a new one begun. */
  fresh: z.optional(z.boolean()),
  /** Tells the earlier conversations too, of whom the shop vouches for. */
  talks: z.optional(z.boolean()),
})
/** Outside opening hours, until then (ms; null: nobody knows). A message may be left meanwhile, or `nothing` is taken. */
const ClosedNow = z.object({
  until: z.nullable(z.number()),
  takes: z._default(z.enum(['message', 'nothing']), 'message'),
})
export type ClosedNow = z.infer<typeof ClosedNow>

/** As many of the earlier conversations are told. */
export const MOST_TALKS = 20
export const EarlierTalk = z.object({ id: z.string(), at: z.number(), status: z.enum(statuses) })
export type EarlierTalk = z.infer<typeof EarlierTalk>

/** `ticket` opens a socket to `conversation`; ask again for the next socket. */
export const ChatSession = z.object({
  visitor: z.string(),
  conversation: z.string(),
  ticket: z.string(),
  organisation: z.object({ name: z.string() }),
  customer: z.object({ name: z.string(), verified: z.boolean() }),
  closed: z.optional(ClosedNow),
  /** The customer's earlier conversations, newest first, at most {@link MOST_TALKS}; `at`: when each began, in ms. */
  talks: z.optional(z.array(EarlierTalk)),
})
export type ChatSession = z.infer<typeof ChatSession>
