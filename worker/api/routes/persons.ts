/** The part of the table of routes about a person's rights. */
import * as api from '../../../core/protocol/api.ts'
import { erasePerson, exportPerson, readErasure } from '../persons.ts'
import { guarded, type Route } from '../route.ts'

export const personRoutes: readonly Route[] = [
  guarded(
    {
      method: 'GET',
      path: '/api/v1/customers/:id/export',
      action: 'person.export',
      summary: 'Everything about a person, one JSON object a line.',
      media: 'application/x-ndjson',
    },
    api.Bytes,
    exportPerson,
  ),
  guarded(
    {
      method: 'POST',
      path: '/api/v1/customers/:id/erasure',
      action: 'person.erase',
      summary: 'Erases a person everywhere. Asked again it goes on, and answers with the proof.',
    },
    api.Erasure,
    erasePerson,
  ),
  guarded(
    {
      method: 'GET',
      path: '/api/v1/customers/:id/erasure',
      action: 'person.erase',
      summary: 'How far an erasure has come, and its proof.',
    },
    api.Erasure,
    readErasure,
  ),
]
