/**
 * All that comes to a chat from outside, as schemas. In the widget's build `scripts/lib/printed.mjs` prints them, and `printed.ts`
 * reads by the print: the schemas' library alone is heavier than the chat may be as a whole.
 */
import * as z from 'zod/mini'
import type { ChatSession } from '../../core/protocol/api.ts'
import { statuses } from '../../core/protocol/conversation.ts'
import { FaultFrame } from '../../core/protocol/frames.ts'

export { PublicEntry, PublicView } from '../../core/protocol/conversation.ts'
export { ServerFrame } from '../../core/protocol/frames.ts'

/** A poll's answer frame by frame, so that one unknown frame does not cost the others. */
export const LoosePollAnswer = z.object({
  frames: z.array(z.unknown()),
  closed: z.nullable(z.int()),
  view: z.optional(z.string()),
})

export const KeptItems = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    body: z.unknown(),
    at: z.number(),
    words: z.boolean(),
    keep: z.optional(z.boolean()),
    agreed: z.optional(z.boolean()),
    // Kept by an earlier release: nobody knows.
    sent: z._default(z.boolean(), true),
    state: z.enum(['waiting', 'accepted', 'failed']),
    refusal: z.nullable(FaultFrame),
  }),
)

/** A row of a board, by its key. */
export const Keyed = z.object({ key: z.string() })

export const Typing = z.object({
  on: z.boolean(),
  role: z.enum(['customer', 'agent']),
  name: z.optional(z.string()),
  text: z.optional(z.string()),
})

export const History = z.object({ entries: z.array(z.unknown()) })

/** The one answer of the HTTP API that the chat reads. The API's own schemas would come with all the others into its frame. */
export const SessionAnswer: z.ZodMiniType<ChatSession> = z.object({
  visitor: z.string(),
  conversation: z.string(),
  ticket: z.string(),
  organisation: z.object({ name: z.string() }),
  customer: z.object({ name: z.string(), verified: z.boolean() }),
  closed: z.optional(
    z.object({ until: z.nullable(z.number()), takes: z._default(z.enum(['message', 'nothing']), 'message') }),
  ),
  talks: z.optional(z.array(z.object({ id: z.string(), at: z.number(), status: z.enum(statuses) }))),
})
