/**
 * Makes an organisation's projection anew: sees to it that the register misses nobody, empties the projection, then asks
 * everybody in the register to tell everything again. In bounded steps; each answers where the next one begins.
 */
import type * as z from 'zod/mini'
import { type ActorName, type AgentId, address, asId, type ConversationId } from '../../core/ids.ts'
import type { RebuildRequest, RebuildStep } from '../../core/protocol/api.ts'
import { REGISTER_SHARDS, shardOf } from '../../core/register/model.ts'
import { ok, refuse } from '../../core/result.ts'
import { actorStub, registerStub } from '../actors.ts'
import { emptyProjection } from '../db/empty.ts'
import { knownAgents, knownConversations } from '../db/known.ts'
import type { Answer, GuardedCall } from './route.ts'

/** How many rows of a table are deleted in one step, how many actors are looked up, and how many are asked. */
const rowsAtOnce = 5_000
const lookedUpAtOnce = 1_000
const actorsAtOnce = 50
const join = 'join:'

/** A cursor is `empty` (the beginning), `join:<conversation>`, `delete`, or `<shard of the register>:<place in it>`. */
export async function rebuild(call: GuardedCall, { cursor }: z.output<typeof RebuildRequest>): Answer<RebuildStep> {
  if (cursor === 'empty') return ok(await joinAgents(call))
  if (cursor.startsWith(join)) return ok(await joinConversations(call, cursor.slice(join.length)))
  if (cursor === 'delete') return ok(await deleteSome(call))
  const [shard = 0, after = 0] = cursor.split(':').map(Number)
  if (shard >= REGISTER_SHARDS) return refuse('bad_input', 'there is no such shard', { field: 'cursor' })
  return ok(await askSome(call, shard, after))
}

const nothing = { joined: 0, deleted: 0, asked: 0, silent: [] }

async function joinAgents(call: GuardedCall): Promise<RebuildStep> {
  const agents = await knownAgents(call.db, call.org)
  const names = agents.map((id) => address(call.org, 'agent', asId<AgentId>(id)))
  return { ...nothing, joined: await joinRegister(call, names), next: join }
}

async function joinConversations(call: GuardedCall, after: string): Promise<RebuildStep> {
  const ids = await knownConversations(call.db, call.org, after, lookedUpAtOnce)
  const names = ids.map((id) => address(call.org, 'conversation', asId<ConversationId>(id)))
  const joined = await joinRegister(call, names)
  const last = ids.length < lookedUpAtOnce ? undefined : ids.at(-1)
  return { ...nothing, joined, next: last === undefined ? 'delete' : `${join}${last}` }
}

/** Has those join who are not in the register but have something to tell; how many that were. */
async function joinRegister({ env, org }: GuardedCall, names: readonly ActorName[]): Promise<number> {
  const shards = Map.groupBy(names, shardOf)
  const joined = [...shards].map(async ([shard, its]) => {
    const register = registerStub(env, org, shard)
    const lacking = await register.lacking(its)
    // A row that no actor stands behind is not told again by anybody.
    const tell = await Promise.all(lacking.map((name) => actorStub(env, name).retell()))
    const joining = lacking.filter((_, i) => tell[i])
    if (joining.length > 0) await register.enrol(joining)
    return joining.length
  })
  return (await Promise.all(joined)).reduce((sum, count) => sum + count, 0)
}

async function deleteSome({ env, org }: GuardedCall): Promise<RebuildStep> {
  const deleted = await emptyProjection(env.DB, org, rowsAtOnce)
  return { ...nothing, deleted, next: deleted > 0 ? 'delete' : '0:0' }
}

async function askSome(call: GuardedCall, shard: number, after: number): Promise<RebuildStep> {
  const page = await registerStub(call.env, call.org, shard).page(after, actorsAtOnce)
  const answers = await Promise.all(page.names.map((name) => ask(call, name)))
  const silent = page.names.filter((_, i) => !answers[i])
  const onward = shard + 1 < REGISTER_SHARDS ? `${shard + 1}:0` : null
  return { ...nothing, asked: page.names.length, silent, next: page.next === null ? onward : `${shard}:${page.next}` }
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
