/** A person's rights: to have everything about them, and to have it erased, with a proof. */
import type * as z from 'zod/mini'
import type { Erasure } from '../../core/protocol/api.ts'
import { ok, refuse } from '../../core/result.ts'
import { actOf } from '../audit.ts'
import { insertAct } from '../db/audit.ts'
import {
  beginErasure,
  conversationsOf,
  customerById,
  type ErasureRow,
  erasureOf,
  identifiersOf,
  nothingFound,
} from '../db/persons.ts'
import { copies, copiesMs, runErasure } from '../life/erasure.ts'
import { readTranscript } from '../life/transcripts.ts'
import type { Answer, GuardedCall } from './route.ts'

const notThere = refuse('not_found', 'There is no such customer.')

/** Begins an erasure, or goes on with one; asked again until it is done. By itself it goes on every minute. */
export async function erasePerson(call: GuardedCall): Answer<z.input<typeof Erasure>> {
  const { db, env, org, now } = call
  const id = call.param('id')
  const [customer, before] = await Promise.all([customerById(db, org, id), erasureOf(db, org, id)])
  if (customer === undefined && before === undefined) return notThere
  if (before !== undefined && before.doneAt !== null && customer === undefined) return ok(proofOf(before))
  const asked = { orgId: org, customerId: id, requestedBy: call.by.id, requestedAt: now }
  const begun = before ?? { ...asked, doneAt: null, found: nothingFound, named: [] }
  if (before === undefined) await insertAct(db, org, actOf(call, 'person.erase', { kind: 'customer', id }, null, null))
  await beginErasure(db, begun)
  return ok(proofOf(await runErasure(env, { ...begun, doneAt: null }, now)))
}

/** How far an erasure has come, and its proof. */
export async function readErasure(call: GuardedCall): Answer<z.input<typeof Erasure>> {
  const row = await erasureOf(call.db, call.org, call.param('id'))
  return row === undefined ? refuse('not_found', 'Nobody asked for this.') : ok(proofOf(row))
}

const proofOf = ({ customerId, requestedBy, requestedAt, doneAt, found }: ErasureRow) => ({
  customer: customerId,
  requested: { by: requestedBy, at: requestedAt },
  done: doneAt,
  found,
  copies: doneAt === null ? null : { until: doneAt + copiesMs, of: [...copies] },
})

/**
 * Everything about a person, one JSON object a line: `customer`, `identifier`, then for each conversation `conversation`,
 * its `entry` lines, and a `file` line with the address of each file that was sent.
 */
export async function exportPerson(call: GuardedCall): Answer<never> {
  const { db, org } = call
  const id = call.param('id')
  const customer = await customerById(db, org, id)
  if (customer === undefined) return notThere
  await insertAct(db, org, actOf(call, 'person.export', { kind: 'customer', id }, null, null))
  const lines = linesOf(call, customer)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson',
      'content-disposition': `attachment; filename="${id}.ndjson"`,
    },
  })
}

async function* linesOf(
  { db, env, org }: GuardedCall,
  customer: { id: string; name: string; verified: boolean; createdAt: number },
) {
  const { id, name, verified, createdAt } = customer
  yield { type: 'customer', id, name, verified, createdAt }
  for (const identifier of await identifiersOf(db, org, id)) yield { type: 'identifier', ...identifier }
  for (let after = ''; ; ) {
    const [next] = await conversationsOf(db, org, id, after, 1)
    if (next === undefined) return
    after = next
    const { conversation, entries } = await readTranscript(env, org, next)
    yield { ...conversation, type: 'conversation' }
    for (const entry of entries) {
      yield { type: 'entry', conversation: next, entry }
      if (entry.body.type === 'file') {
        const { id: file, name, media, size } = entry.body
        yield { type: 'file', conversation: next, name, media, size, href: `/files/${next}/${file}` }
      }
    }
  }
}
