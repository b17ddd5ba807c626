/** Tickets for sockets, and their protocol where upgrades are refused. */
import * as z from 'zod/mini'
import { ClientFrame, ServerFrame } from '../frames.ts'

/** The kinds of actors to which there are sockets. */
export const socketKinds = ['agent', 'queue', 'conversation', 'floor'] as const

/** POST /api/v1/tickets: opens one socket to one actor of the caller's organisation. */
export const TicketRequest = z.object({
  kind: z.enum(socketKinds),
  /** Of the organisation's one floor: `floor`. */
  id: z.string().check(z.minLength(1), z.maxLength(128)),
})
/** A JWT, good for 60 s and one actor. */
export const Ticket = z.object({ ticket: z.string() })

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
