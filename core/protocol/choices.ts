/**
 * Answers that a message offers: buttons where a channel can draw them, words everywhere else. Whoever asks may be an agent or a
 * flow; a client that knows nothing of them shows the message, and its customer writes.
 */
import * as z from 'zod/mini'
import { key, label } from './fields.ts'

const entry = z.int().check(z.positive())

/** As whoever asks gives them. */
export const Choices = z.array(z.object({ id: key, label })).check(
  z.minLength(1),
  z.maxLength(20),
  z.refine((all) => new Set(all.map(({ id }) => id)).size === all.length, { message: 'an id stands here twice' }),
)

/** One of the answers that the entry `entry` of the public stream offered. */
export const Chosen = z.object({ entry, id: key })
export type Chosen = z.infer<typeof Chosen>

/** As they stand in the entry. */
export const OfferedChoices = z.array(z.object({ id: z.string(), label: z.string() }))
export type OfferedChoices = z.infer<typeof OfferedChoices>
