/** Wire protocol v1: the frames between a client and an actor. See docs/protocol.md. */
import * as z from 'zod/mini'
import { Writing } from './colleagues.ts'
import { PROTOCOL_VERSION, TYPING_TEXT } from './link.ts'

const count = z.int().check(z.nonnegative())
const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/))

export const Position = z.object({ epoch: z.string().check(z.maxLength(64)), seq: count })
export type Position = z.infer<typeof Position>

export const ClientFrame = z.discriminatedUnion('t', [
  /** First frame of every socket. `client` names the tab, `resume` the last event it has. */
  z.object({ t: z.literal('hello'), v: z.number(), client: id, resume: z.optional(Position) }),
  /** A command: its id makes it safe to send again. */
  z.object({ t: z.literal('cmd'), id, name: z.string().check(z.maxLength(64)), body: z.unknown() }),
  /** How far this side has received and read the public stream. Only grows. */
  z.object({ t: z.literal('mark'), delivered: count, read: count }),
  /** Ephemeral: never stored, never repeated. `text`: what a customer has typed so far, where the organisation has agents read it. */
  z.object({ t: z.literal('typing'), on: z.boolean(), text: z.optional(z.string().check(z.maxLength(TYPING_TEXT))) }),
  /** Of staff: whether it is on the screen, and what is being written there. Ephemeral too. */
  z.object({ t: z.literal('here'), on: z.boolean(), writing: z.nullable(Writing) }),
])
export type ClientFrame = z.infer<typeof ClientFrame>
/** As much of a command as a refusal needs to name it. */
export const CommandHead = z.object({ t: z.literal('cmd'), id })

export const FaultFrame = z.object({
  code: z.string(),
  message: z.string(),
  field: z.optional(z.string()),
  retry: z.optional(z.boolean()),
})

/** One numbered event: `entry` on a conversation's streams, `put` and `del` of a keyed row on a board. */
export const Event = z.object({ seq: count, at: z.number(), name: z.enum(['entry', 'put', 'del']), body: z.unknown() })
export type Event = z.infer<typeof Event>

export const ServerFrame = z.discriminatedUnion('t', [
  /**
   * Answers hello. `seq` is the stream's head. `resumed`: what was missed follows in batches; else `snapshot` replaces
   * what the client has. `now` is the server's clock in ms, for count-downs.
   */
  z.object({
    t: z.literal('welcome'),
    v: z.literal(PROTOCOL_VERSION),
    epoch: z.string(),
    seq: count,
    resumed: z.boolean(),
    now: z.number(),
    snapshot: z.optional(z.array(Event)),
  }),
  z.object({ t: z.literal('ev'), ...Event.shape }),
  z.object({ t: z.literal('batch'), evs: z.array(Event) }),
  z.object({ t: z.literal('reply'), id, ok: z.literal(true), value: z.unknown() }),
  z.object({ t: z.literal('refused'), id, error: FaultFrame }),
  /** The whole small picture of the actor's present for this audience; replaces the one before. */
  z.object({ t: z.literal('view'), body: z.unknown() }),
  z.object({ t: z.literal('eph'), name: z.enum(['typing', 'here']), body: z.unknown() }),
  z.object({ t: z.literal('error'), error: FaultFrame }),
])
export type ServerFrame = z.infer<typeof ServerFrame>
