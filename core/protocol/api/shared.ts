/** What the bodies of many routes share. */
import * as z from 'zod/mini'
import { ConfigChange } from '../config.ts'

/** What makes a request safe to send again. */
export const commandId = /^[A-Za-z0-9_-]{8,64}$/

/** RFC 9457 problem document. `errors` name the fields; `changes` are what others published meanwhile, 100 at most. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
  changes: z.optional(z.array(ConfigChange)),
})
export type Problem = z.infer<typeof Problem>

/** What is no JSON. */
export const Bytes = z.unknown()
