/** Bodies of the chat channel's entrance. */
import * as z from 'zod/mini'
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
})
/** Outside opening hours, until then (ms; null: nobody knows). A message may be left meanwhile, or `nothing` is taken. */
const ClosedNow = z.object({
  until: z.nullable(z.number()),
  takes: z._default(z.enum(['message', 'nothing']), 'message'),
})
export type ClosedNow = z.infer<typeof ClosedNow>

/** `ticket` opens a socket to `conversation`; ask again for the next socket. */
export const ChatSession = z.object({
  visitor: z.string(),
  conversation: z.string(),
  ticket: z.string(),
  organisation: z.object({ name: z.string() }),
  customer: z.object({ name: z.string(), verified: z.boolean() }),
  closed: z.optional(ClosedNow),
})
export type ChatSession = z.infer<typeof ChatSession>
