/** What happened in a conversation, in a sentence. */
import type { StaffEntry } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { agentName, queueName } from '../work.ts'

type Happened = Exclude<StaffEntry['body'], { type: 'message' } | { type: 'note' } | { type: 'file' }>

export function eventText(body: Happened): string {
  const t = words.value.event
  switch (body.type) {
    case 'joined':
      return t.joined(body.name)
    case 'left':
      return t.left(body.name)
    case 'closed':
      return t.closed[body.by]
    case 'reopened':
      return t.reopened
    case 'erased':
      return t.erased[body.why]
    case 'waiting':
      return body.queues.length === 0 ? t.noLongerWaiting : t.waiting(body.queues.map(queueName).join(', '))
    case 'offered':
      return t.offered(agentName(body.agent))
    case 'declined':
      return t.declined(agentName(body.agent), body.why)
    case 'lost':
      return t.lost(agentName(body.agent))
    case 'transferred':
      return t.transferred(queueName(body.to))
    case 'fallback':
      return t.fallback
  }
}
