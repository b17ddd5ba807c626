/** The audit: page by page, and as a file. */
import type * as z from 'zod/mini'
import type { Act, AuditFilter, AuditList, AuditQuery } from '../../core/protocol/administration.ts'
import { reachOf } from '../../core/protocol/permissions.ts'
import { ok } from '../../core/result.ts'
import { csvLine } from '../../core/text/csv.ts'
import { actOf } from '../audit.ts'
import { insertAct } from '../db/audit.ts'
import { listActs } from '../db/audit-list.ts'
import type { Answer, GuardedCall } from './route.ts'

/** How many acts an export reads at once. */
const chunk = 500

/** Newest first. */
export async function readAudit(
  call: GuardedCall,
  { limit, after, ...filter }: z.output<typeof AuditQuery>,
): Answer<z.infer<typeof AuditList>> {
  const reach = reachOf(call.by, 'audit.read')
  const { rows, next } = await listActs(call.env, call.org, reach, filter, { after, limit })
  return ok({ items: [...rows], next })
}

/** Each field of an act is a column; before, after are JSON. */
export const exportCsv = (call: GuardedCall, filter: AuditFilter): Answer<never> =>
  exported(call, filter, 'text/csv; charset=utf-8', (acts, isFirst) =>
    [...(isFirst ? [csvLine(columns)] : []), ...acts.map((act) => csvLine(cells(act)))].join(''),
  )

/** A line of JSON for each act. */
export const exportNdjson = (call: GuardedCall, filter: AuditFilter): Answer<never> =>
  exported(call, filter, 'application/x-ndjson', (acts) => acts.map((act) => `${JSON.stringify(act)}\n`).join(''))

const columns = [
  ...['id', 'at', 'by', 'name', 'role', 'team', 'action', 'kind', 'object', 'before', 'after'],
  ...['address', 'client', 'request'],
]
const cells = ({ id, at, by, action, object, before, after, from }: Act) => [
  ...[id, new Date(at).toISOString(), by.id, by.name, by.role, by.team ?? '', action, object.kind, object.id],
  ...[before, after].map((state) => (state === null ? '' : JSON.stringify(state))),
  ...[from?.address ?? '', from?.client ?? '', from?.request ?? ''],
]

/** Streams chunk by chunk, so that an export may be of any length. That somebody took it along is an act itself. */
async function exported(
  call: GuardedCall,
  filter: AuditFilter,
  type: string,
  print: (acts: readonly Act[], isFirst: boolean) => string,
): Answer<never> {
  const { env, db, org, by } = call
  const reach = reachOf(by, 'audit.export')
  const object = { kind: 'audit', id: org }
  // Whatever was done before this request, and not the export itself.
  const until = Math.min(filter.to ?? call.now, call.now)
  await insertAct(db, org, actOf(call, 'audit.export', object, null, { ...filter }))
  const encoder = new TextEncoder()
  let after: string | null | undefined
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = ''
      // A page may be empty without being the last one; who pulls waits for something, or the end.
      while (text === '' && after !== null) {
        const page = await listActs(env, org, reach, { ...filter, to: until }, { after, limit: chunk })
        text = print(page.rows, after === undefined)
        after = page.next
      }
      if (text !== '') controller.enqueue(encoder.encode(text))
      if (after === null) controller.close()
    },
  })
  const name = type.startsWith('text/csv') ? 'audit.csv' : 'audit.ndjson'
  return new Response(body, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  })
}
