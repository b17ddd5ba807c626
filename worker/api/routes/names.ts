/** The part of the table of routes about names: queues, agents, what staff note about conversations. */
import * as api from '../../../core/protocol/api.ts'
import { listAgents, listQueues } from '../actors.ts'
import { readDesk } from '../desk.ts'
import { guarded, guardedWithQuery, type Route } from '../route.ts'

export const nameRoutes: readonly Route[] = [
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/queues',
      action: 'names.queues',
      summary: 'The queues by name.',
      refuses: ['not_found'],
    },
    api.NameQuery,
    api.NameList,
    listQueues,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/agents',
      action: 'names.agents',
      summary: 'The agents by name.',
      refuses: ['not_found'],
    },
    api.NameQuery,
    api.NameList,
    listAgents,
  ),
  guarded(
    {
      method: 'GET',
      path: '/api/v1/desk',
      action: 'names.desk',
      summary:
        'Tags, dispositions, attributes and canned replies, as far as they concern who asks; and how long a conversation may be laid aside.',
      refuses: ['not_found'],
    },
    api.Desk,
    readDesk,
  ),
]
