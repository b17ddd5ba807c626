/**
 * Makes an organisation's projection anew: empties it, then asks everybody in the register to tell everything again. In
 * bounded steps; each answers where the next one begins.
 */
import type * as z from 'zod/mini'
import type { ActorName } from '../../core/ids.ts'
import type { RebuildRequest, RebuildStep } from '../../core/protocol/api.ts'
import { REGISTER_SHARDS } from '../../core/register/model.ts'
import { ok, refuse } from '../../core/result.ts'
import { actorStub, registerStub } from '../actors.ts'
import { emptyProjection } from '../db/empty.ts'
import type { Answer, GuardedCall } from './route.ts'

/** How many rows of a table are deleted in one step, and how many actors are asked. */
const rowsAtOnce = 5_000
const actorsAtOnce = 50
const emptying = 'empty'

/** A cursor is `empty`, or `<shard of the register>:<place in it>`. */
export async function rebuild(call: GuardedCall, { cursor }: z.output<typeof RebuildRequest>): Answer<RebuildStep> {
  if (cursor === emptying) {
    const deleted = await emptyProjection(call.env.DB, call.org, rowsAtOnce)
    return ok({ deleted, asked: 0, silent: [], next: deleted > 0 ? emptying : '0:0' })
  }
  const [shard = 0, after = 0] = cursor.split(':').map(Number)
  if (shard >= REGISTER_SHARDS) return refuse('bad_input', 'there is no such shard', { field: 'cursor' })
  const page = await registerStub(call.env, call.org, shard).page(after, actorsAtOnce)
  const answers = await Promise.all(page.names.map((name) => ask(call, name)))
  const onward = shard + 1 < REGISTER_SHARDS ? `${shard + 1}:0` : null
  const next = page.next === null ? onward : `${shard}:${page.next}`
  return ok({ deleted: 0, asked: page.names.length, silent: page.names.filter((_, i) => !answers[i]), next })
}

/** False when it did not answer. */
async function ask({ env }: GuardedCall, name: ActorName): Promise<boolean> {
  try {
    await actorStub(env, name).retell()
    return true
  } catch {
    return false
  }
}
