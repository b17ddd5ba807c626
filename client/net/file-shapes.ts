/** What comes from outside where files are sent, as schemas; printed as those of shapes.ts are. */
import * as z from 'zod/mini'

/** What may be sent, as the server told when it refused something. */
export const Limits = z.object({ mostBytes: z.int(), types: z.array(z.string()) })
export type Limits = z.infer<typeof Limits>

export const Begun = z.object({ part: z.int(), parts: z.int(), arrived: z.array(z.int()) })

export const Problem = z.object({
  code: z.string(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ field: z.string() }))),
})
