/** What colleagues see of each other at a conversation: who looks and writes, what they have begun to write, whom a note names. */
import * as z from 'zod/mini'

const ref = z.string().check(z.minLength(1), z.maxLength(128))
const name = z.string().check(z.maxLength(200))

/** What somebody writes: words for the customer, or a note for colleagues. */
export const writings = ['post', 'note'] as const
export const Writing = z.enum(writings)
export type Writing = z.infer<typeof Writing>

/** The staff who have a conversation on the screen, each once; `writing` while they type. Never stored, never told to customers. */
export const Here = z.object({
  people: z.array(z.object({ id: z.string(), name, writing: z.nullable(Writing) })),
})
export type Here = z.infer<typeof Here>

/** What somebody has begun to write and not sent; `at` in ms. */
export const Draft = z.object({
  by: z.object({ id: z.string(), name }),
  kind: Writing,
  text: z.string(),
  at: z.number(),
})
export type Draft = z.infer<typeof Draft>
/** The newest of one's own; '' for none. */
export const DraftBody = z.object({ kind: Writing, text: z.string().check(z.maxLength(8_000)) })
export type DraftBody = z.infer<typeof DraftBody>

/** The agents whom a note names, by id. */
export const Mentions = z.array(ref).check(z.maxLength(10))
/** The same in its entry, by the names under which they are known. */
export const Mentioned = z.array(z.object({ id: z.string(), name }))

/** Board row `mention/<conversation>` of an agent: the newest note there that names it, and whether it was looked at. */
export const MentionRow = z.object({
  key: z.string().check(z.startsWith('mention/')),
  conversation: z.string(),
  /** The number of the note's entry. */
  entry: z.int().check(z.positive()),
  by: name,
  customer: name,
  at: z.number(),
  seen: z.boolean(),
})
export type MentionRow = z.infer<typeof MentionRow>
