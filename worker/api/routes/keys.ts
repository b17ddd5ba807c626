/** The part of the table of routes about the API keys of partners. */
import { KeyList, KeyQuery, KeyWithSecret, NewKey } from '../../../core/protocol/administration.ts'
import { createKey, listKeys, revokeKey } from '../keys.ts'
import { guarded, guardedWithBody, guardedWithQuery, type Route } from '../route.ts'

const path = '/api/v1/keys'

export const keyRoutes: readonly Route[] = [
  guardedWithQuery(
    { method: 'GET', path, action: 'key.read', summary: 'The API keys, oldest first, without their secrets.' },
    KeyQuery,
    KeyList,
    listKeys,
  ),
  guardedWithBody(
    { method: 'POST', path, action: 'key.create', summary: 'Makes an API key; its secret is shown this once.' },
    NewKey,
    KeyWithSecret,
    createKey,
  ),
  guarded(
    {
      method: 'DELETE',
      path: `${path}/:id`,
      action: 'key.revoke',
      summary: 'Revokes an API key, at once and for good; it stays in the list.',
    },
    null,
    revokeKey,
  ),
]
