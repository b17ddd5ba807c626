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
  detailsOf,
  type ErasureRow,
  erasureOf,
  identifiersOf,
  neverFailed,
  nothingFound,
} from '../db/persons.ts'
import type { Env } from '../env.ts'
import { streamOf } from '../files/stream.ts'
import { copies, copiesMs, runErasure } from '../life/erasure.ts'
import { transcriptPages } from '../life/transcripts.ts'
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
  const begun = before ?? { ...asked, doneAt: null, found: nothingFound, named: [], ...neverFailed }
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
 * Everything about a person, one JSON object a line: `customer`, `identifier`, `detail`, then for each conversation `conversation`,
 * its `entry` lines, and a `file` line with the address of each file that was sent.
 */
export async function exportPerson(call: GuardedCall): Answer<never> {
  const { db, org } = call
  const id = call.param('id')
  const customer = await customerById(db, org, id)
  if (customer === undefined) return notThere
  await insertAct(db, org, actOf(call, 'person.export', { kind: 'customer', id }, null, null))
  return new Response(streamOf(linesOf(call, customer)), {
    headers: {
      'content-type': 'application/x-ndjson',
      'content-disposition': `attachment; filename="${id}.ndjson"`,
    },
  })
}

const encoder = new TextEncoder()

async function* linesOf(call: GuardedCall, customer: Parameters<typeof factsOf>[1]) {
  for await (const line of factsOf(call, customer)) yield encoder.encode(`${JSON.stringify(line)}\n`)
}

async function* factsOf(
  { db, env, org }: GuardedCall,
  customer: { id: string; name: string; verified: boolean; createdAt: number },
) {
  const { id, name, verified, createdAt } = customer
  yield { type: 'customer', id, name, verified, createdAt }
  for (const identifier of await identifiersOf(db, org, id)) yield { type: 'identifier', ...identifier }
  for (const detail of await detailsOf(db, org, id)) yield { type: 'detail', ...detail }
  for (let after = ''; ; ) {
    const [next] = await conversationsOf(db, org, id, after, 1)
    if (next === undefined) return
    after = next
    yield* linesOfConversation(env, org, next)
  }
}

async function* linesOfConversation(env: Env, org: string, id: string) {
  let isFirst = true
  for await (const { conversation, entries } of transcriptPages(env, org, id)) {
    if (isFirst) yield { ...conversation, type: 'conversation' }
    isFirst = false
    for (const entry of entries) {
      yield { type: 'entry', conversation: id, entry }
      if (entry.body.type !== 'file') continue
      const { id: file, name, media, size } = entry.body
      yield { type: 'file', conversation: id, name, media, size, href: `/files/${id}/${file}` }
    }
  }
}
