/** Commands to actors by HTTP. */
import * as z from 'zod/mini'
import { AgentCommand } from '../agent.ts'
import { StaffCommand, StaffEntry } from '../conversation.ts'
import { Done } from '../fields.ts'
import { commandId } from './shared.ts'

/** The header `Idempotency-Key` may stand for it. */
const Identified = z.object({ id: z.optional(z.string().check(z.regex(commandId))) })
/** POST /api/v1/agents/:id/commands: what a socket's `cmd` frame is. */
export const AgentCommandRequest = z.intersection(Identified, AgentCommand)
export const AgentCommandAnswer = z.object({ value: Done })

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
