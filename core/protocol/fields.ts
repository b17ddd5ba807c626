/** The forms of small fields that many schemas share. */
import * as z from 'zod/mini'

/** What a part of the configuration is called by others: a queue, a team, a tag. */
export const key = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/))
/** A name that people read. */
export const label = z.string().check(z.trim(), z.minLength(1), z.maxLength(80))
export const ms = z.int().check(z.nonnegative())
/** BCP 47: en, zh, zh-Hant, pt-BR. */
export const language = z.string().check(z.regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/))
/** As #1a2b3c. */
export const colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/))

/** How many items a page has. */
export const limit = z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50)

/** What says no more than that it was done. */
export const Done = z.object({})
