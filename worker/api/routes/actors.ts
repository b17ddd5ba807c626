/** The part of the table of routes about the sockets and commands of actors. */
import * as api from '../../../core/protocol/api.ts'
import { Explanation } from '../../../core/protocol/explanation.ts'
import { agentActions, conversationActions, queueActions } from '../../../core/protocol/permissions.ts'
import { commandAgent, commandConversation, commandQueue, ticket } from '../actors.ts'
import { explain } from '../explanation.ts'
import { originOf } from '../origin.ts'
import { guarded, guardedWithBody, guardedWithQuery, inPerson, type Route } from '../route.ts'

export const actorRoutes: readonly Route[] = [
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/v1/tickets',
      action: ['agent.connect', 'queue.connect', 'conversation.connect', 'floor.connect'],
      summary: 'A ticket for one socket, good for a minute.',
      isAutomatic: true,
      refuses: ['not_found'],
    },
    api.TicketRequest,
    api.Ticket,
    inPerson(ticket),
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/v1/agents/:id/commands',
      action: agentActions,
      summary: 'A command to an agent: what its console can say.',
      key: 'command',
      refuses: ['conflict', 'stale_lease'],
    },
    api.AgentCommandRequest,
    api.AgentCommandAnswer,
    inPerson(commandAgent),
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/v1/queues/:id/commands',
      action: queueActions,
      summary: 'A command to a queue: to take who waits from its list.',
      key: 'command',
      refuses: ['conflict'],
    },
    api.QueueCommandRequest,
    api.QueueCommandAnswer,
    inPerson(commandQueue),
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/v1/conversations/:id/commands',
      action: conversationActions,
      summary: 'A command to a conversation: what its socket can say.',
      key: 'command',
      refuses: ['conflict', 'stale_lease', 'closed'],
    },
    api.ConversationCommandRequest,
    api.ConversationCommandAnswer,
    inPerson(commandConversation),
  ),
  guarded(
    {
      method: 'GET',
      path: '/api/v1/conversations/:id/explanation',
      action: 'conversation.explain',
      summary: 'Why a contact waits, and why its agents got it.',
    },
    Explanation,
    inPerson(explain),
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/conversations/:id/origin',
      action: 'conversation.history',
      summary: 'The entries of another conversation with which this one, split off it, begins; oldest first.',
    },
    api.EntryQuery,
    api.EntryList,
    inPerson(originOf),
  ),
]
