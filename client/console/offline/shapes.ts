/** What is kept, record by record. It is read as what comes from outside: a page of an earlier build may have written it. */
import * as z from 'zod/mini'
import { AgentRow } from '../../../core/protocol/agent.ts'
import { Desk, NameList } from '../../../core/protocol/api.ts'
import { StaffEntry, StaffView } from '../../../core/protocol/conversation.ts'

export const talkName = (conversation: string): string => `${TALKS}${conversation}`
/** What the names of all kept conversations begin with. */
export const TALKS = 'talk/'

/** The newest entries without a gap, up to `position`. */
export const KeptTalk = z.object({
  position: z.object({ epoch: z.string(), seq: z.int() }),
  entries: z.array(StaffEntry),
  view: StaffView,
})
export type KeptTalk = z.infer<typeof KeptTalk>

export const KeptBoard = z.array(AgentRow)

/** Names and choices, without which conversations can be read but hardly worked on. */
export const KeptNames = z.object({ desk: Desk, queues: NameList.shape.items, agents: NameList.shape.items })
