/** What staff sort their work by and write it with: teams, skills, tags, dispositions, canned replies, attributes. */
import * as z from 'zod/mini'
import { Choices } from './choices.ts'
import { colour, key, label, language } from './fields.ts'
import { StaffRole } from './principal.ts'

const keys = z.array(key).check(z.maxLength(100))

/** How a free agent chooses among its queues: strictly in its own order of them, or the best contact of all, by rank. */
export const visits = ['order', 'rank'] as const
export type Visits = (typeof visits)[number]

/** Agents and queues that belong together: what the scope `team` of a permission reaches. */
export const Team = z.object({
  name: label,
  /** Holds for all of its agents; absent: as each one's own `strict` says. */
  visits: z.optional(z.enum(visits)),
})
export type Team = z.infer<typeof Team>

export const Skill = z.object({ name: label })
export type Skill = z.infer<typeof Skill>

export const Tag = z.object({ name: label, colour: z.optional(colour) })
export type Tag = z.infer<typeof Tag>

/** What came of a conversation, chosen when it is closed. One that others have as `parent` only groups them. */
export const Disposition = z.object({
  name: label,
  parent: z.optional(key),
  /** Where it may be chosen; absent: everywhere. */
  queues: z.optional(keys),
  /** It may not be chosen without a note, or while one of these attributes of the conversation is empty. */
  noteRequired: z._default(z.boolean(), false),
  requires: z._default(keys, []),
})
export type Disposition = z.infer<typeof Disposition>

/** A text that agents call up by its shortcut. `{{customer.name}}` and the like are filled in: see `core/text/variables.ts`. */
export const CannedReply = z.object({
  shortcut: z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u)),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(5_000)),
  /** Answers that it offers as buttons; absent: none. */
  choices: z.optional(Choices),
  /** Absent: for every language. */
  language: z.optional(language),
  /** Who may call it up: agents of these teams, and agents in conversations of these queues; both absent: everybody. */
  teams: z.optional(keys),
  queues: z.optional(keys),
})
export type CannedReply = z.infer<typeof CannedReply>

const attribute = {
  name: label,
  /** Which roles see it; absent: all. */
  visibleTo: z.optional(z.array(StaffRole).check(z.minLength(1))),
}
const choice = z.string().check(z.trim(), z.minLength(1), z.maxLength(120))
/** A field that the organisation adds to its customers or conversations. `list` is one of its values. */
export const Attribute = z.discriminatedUnion('type', [
  z.object({ ...attribute, type: z.literal('text') }),
  z.object({ ...attribute, type: z.literal('number') }),
  z.object({ ...attribute, type: z.literal('boolean') }),
  z.object({ ...attribute, type: z.literal('date') }),
  z.object({
    ...attribute,
    type: z.literal('list'),
    values: z.array(choice).check(z.minLength(1), z.maxLength(200)),
  }),
])
export type Attribute = z.infer<typeof Attribute>

export const Attributes = z.object({
  customer: z._default(z.record(key, Attribute), {}),
  conversation: z._default(z.record(key, Attribute), {}),
})
export type Attributes = z.infer<typeof Attributes>
