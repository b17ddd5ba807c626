/** Commands to actors by HTTP. */
import * as z from 'zod/mini'
import { AgentCommand } from '../agent.ts'
import { StaffCommand, StaffEntry } from '../conversation.ts'
import { Done } from '../fields.ts'
import { QueueCommand } from '../queue.ts'
import { commandId } from './shared.ts'

/** The header `Idempotency-Key` may stand for it. */
const Identified = z.object({ id: z.optional(z.string().check(z.regex(commandId))) })
/** POST /api/v1/agents/:id/commands: what a socket's `cmd` frame is. */
export const AgentCommandRequest = z.intersection(Identified, AgentCommand)
/** `takenBy`: what was accepted somebody else has, by name; null: it is not known who. */
export const AgentCommandAnswer = z.object({
  value: z.union([z.object({ takenBy: z.nullable(z.string()) }), Done]),
})

/** POST /api/v1/queues/:id/commands: what a socket's `cmd` frame is. */
export const QueueCommandRequest = z.intersection(Identified, QueueCommand)
export const QueueCommandAnswer = z.object({ value: Done })

/** POST /api/v1/conversations/:id/commands: what a socket's `cmd` frame is. */
export const ConversationCommandRequest = z.intersection(Identified, StaffCommand)
/** What was written has its number, `history` its entries. */
export const ConversationCommandAnswer = z.object({
  value: z.union([
    z.object({ seq: z.int() }),
    z.object({ entries: z.array(StaffEntry) }),
    /** The new one, of a split. */
    z.object({ conversation: z.string() }),
    Done,
  ]),
})
