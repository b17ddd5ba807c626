/** What crosses the wire between a Queue actor and consoles beside the rows of its board: commands. */
import * as z from 'zod/mini'

/** By agents that serve the queue. Refused, `field` says what stands in the way: queue, presence, capacity, skills or conversation. */
export const QueueCommand = z.discriminatedUnion('name', [
  z.object({ name: z.literal('take'), body: z.object({ conversation: z.string().check(z.maxLength(128)) }) }),
])
export type QueueCommand = z.infer<typeof QueueCommand>
