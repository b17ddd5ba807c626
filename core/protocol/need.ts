/** What a contact asks of an agent. */
import * as z from 'zod/mini'
import { isHopeless } from '../routing/requirement/normal.ts'
import { mistakeText, parse } from '../routing/requirement/parse.ts'
import { key } from './fields.ts'

export const level = z.int().check(z.minimum(0), z.maximum(10))

/** The text of a requirement (core/routing/requirement/parse.ts). A wrong one is refused with the place and what belongs there. */
export const Requirement = z.string().check((ctx) => {
  const parsed = parse(ctx.value)
  const wrong = parsed.ok ? isHopeless(parsed.value) && 'no agent whatsoever can meet this' : mistakeText(parsed.error)
  if (wrong !== false) ctx.issues.push({ code: 'custom', message: wrong, input: ctx.value })
})

/** What a contact asks of an agent in one queue: a level in the queue, skills with their least levels, and an expression. */
export const Need = z.object({
  level: z._default(level, 1),
  skills: z._default(z.record(key, level), {}),
  where: z.optional(Requirement),
})
export type Need = z.infer<typeof Need>
