/** The part of the table of routes about who did what. */
import * as administration from '../../../core/protocol/administration.ts'
import { exportCsv, exportNdjson, readAudit } from '../audit.ts'
import { guardedWithQuery, type Route } from '../route.ts'

const path = '/api/v1/audit'

export const auditRoutes: readonly Route[] = [
  guardedWithQuery(
    { method: 'GET', path, action: 'audit.read', summary: 'Who did what, newest first.' },
    administration.AuditQuery,
    administration.AuditList,
    readAudit,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: `${path}.csv`,
      action: 'audit.export',
      summary: 'Who did what, newest first, as CSV.',
      media: 'text/csv',
    },
    administration.AuditFilter,
    administration.AuditExport,
    exportCsv,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: `${path}.ndjson`,
      action: 'audit.export',
      summary: 'Who did what, newest first, as a line of JSON for each act.',
      media: 'application/x-ndjson',
    },
    administration.AuditFilter,
    administration.AuditExport,
    exportNdjson,
  ),
]
