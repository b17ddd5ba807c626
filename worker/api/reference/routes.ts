/** The routes that show the API: the OpenAPI document, and the same to read. */
import { Page, Reference } from '../../../core/protocol/api.ts'
import { ok } from '../../../core/result.ts'
import { open, type Route } from '../route.ts'
import { type OpenApi, printDocument } from './document.ts'
import { describe, doors } from './doors.ts'
import { showPage } from './page.ts'

/** `routes` is asked for late: it is the table that these routes are part of. */
export function reference(routes: () => readonly Route[]): Route[] {
  let printed: OpenApi | undefined
  const document = () => (printed ??= printDocument([...routes().map(describe), ...doors]))
  return [
    open(
      {
        method: 'GET',
        path: '/api/openapi.json',
        action: 'installation.read',
        summary: 'This reference as OpenAPI 3.1.',
      },
      Reference,
      async () => ok({ ...document() }),
    ),
    open(
      {
        method: 'GET',
        path: '/api/docs',
        action: 'installation.read',
        summary: 'This reference to read.',
        media: 'text/html',
      },
      Page,
      async () => showPage(document()),
    ),
  ]
}
