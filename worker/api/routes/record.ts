/** The part of the table of routes about the record of conversations. */
import * as api from '../../../core/protocol/api.ts'
import { conversations, conversationsOf, entriesOf } from '../conversations.ts'
import { guardedWithQuery, type Route } from '../route.ts'
import { search } from '../search.ts'

export const recordRoutes: readonly Route[] = [
  guardedWithQuery(
    { method: 'GET', path: '/api/v1/conversations', action: 'record.read', summary: 'The record, newest first.' },
    api.ConversationQuery,
    api.ConversationList,
    conversations,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/customers/:id/conversations',
      action: 'record.customer',
      summary: 'The conversations of a customer, newest first.',
    },
    api.CustomerConversationQuery,
    api.ConversationList,
    conversationsOf,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/conversations/:id/entries',
      action: 'record.read',
      summary: 'The recorded entries of a conversation, oldest first.',
    },
    api.EntryQuery,
    api.EntryList,
    entriesOf,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/search',
      action: 'record.search',
      summary: 'Messages and notes with all of these words, newest first.',
    },
    api.SearchQuery,
    api.SearchAnswer,
    search,
  ),
]
