/** Names of what is configured, for choosing. */
import * as z from 'zod/mini'
import { OfferedChoices } from '../choices.ts'

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
/** GET /api/v1/desk: what staff note about conversations and write in them, and for how long they may lay one aside (ms). */
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
  /** Of customers. */
  customerAttributes: z._default(z.array(z.object(Choice)), []),
  /** Which the caller may call up; with `queues` only in conversations that came by one of these. */
  replies: z._default(
    z.array(
      z.object({
        id: z.string(),
        shortcut: z.string(),
        text: z.string(),
        choices: z.optional(OfferedChoices),
        language: z.optional(z.string()),
        queues: z.optional(z.array(z.string())),
      }),
    ),
    [],
  ),
  snooze: z.object({ least: z.number(), most: z.number() }),
})
export type Desk = z.infer<typeof Desk>
