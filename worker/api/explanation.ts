/** Why a contact waits, and why its agents got it: asked of the conversation, and of the queues in which it waits. */
import { asId, type ConversationId, type QueueId } from '../../core/ids.ts'
import type { Explanation } from '../../core/protocol/explanation.ts'
import { ok } from '../../core/result.ts'
import { conversationStub, queueStub } from '../actors.ts'
import type { Answer, StaffCall } from './route.ts'

export async function explain(call: StaffCall): Answer<Explanation> {
  const { env, org, staff, now } = call
  const id = asId<ConversationId>(call.param('id'))
  const account = await conversationStub(env, org, id).explain(staff)
  if (!account.ok) return account
  const { standing, assignments } = account.value
  const queues = standing.queues.map(async (one) => ({
    ...one,
    now: await queueStub(env, org, asId<QueueId>(one.queue)).explain(id),
  }))
  return ok({ at: now, standing: { ...standing, queues: await Promise.all(queues) }, assignments })
}
