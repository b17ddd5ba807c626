/** Bodies of a person's rights. */
import * as z from 'zod/mini'

const found = z.int()
/** What an erasure has found and taken away, and where. Counts; `entries` are those that the conversations themselves held. */
export const Findings = z.object({
  identifiers: found,
  threads: found,
  conversations: found,
  entries: found,
  recordedEntries: found,
  files: found,
  transcripts: found,
  uploads: found,
  indexed: found,
  customers: found,
  /** Absent in proofs of before customers were asked. */
  details: z._default(found, 0),
})
export type Findings = z.infer<typeof Findings>
/**
 * POST and GET /api/v1/customers/:id/erasure: the proof. `done` is null while it goes on. `copies` says what the platform's
 * point-in-time copies still hold, until when (ms); nobody but the account's owner can reach them.
 */
export const Erasure = z.object({
  customer: z.string(),
  requested: z.object({ by: z.string(), at: z.number() }),
  done: z.nullable(z.number()),
  found: Findings,
  copies: z.nullable(z.object({ until: z.number(), of: z.array(z.string()) })),
})
export type Erasure = z.infer<typeof Erasure>
