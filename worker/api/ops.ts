/** How the installation is doing. */
import type * as z from 'zod/mini'
import { asActorName } from '../../core/ids.ts'
import type { ReplayRequest, StuckList, StuckQuery, ToldRequest } from '../../core/protocol/api.ts'
import { ok, refuse } from '../../core/result.ts'
import { actorStub } from '../actors.ts'
import { actOf } from '../audit.ts'
import { tellRights } from '../auth/access.ts'
import { addressOf, Counter } from '../auth/limits.ts'
import { insertAct, memberOfAct } from '../db/audit.ts'
import { listFailing, type Unfinished, unfinishedNamed } from '../db/failing.ts'
import { isStuck, listTroubles } from '../db/troubles.ts'
import { tryErasure } from '../life/erasure.ts'
import { tryErrand } from '../life/errands.ts'
import { tooMany } from '../problems.ts'
import type { Answer, Call, GuardedCall } from './route.ts'

/** Fine when D1 answers. */
export async function health(call: Call): Answer<{ ok: true }> {
  try {
    await call.env.DB.prepare('select 1').first()
    return ok({ ok: true })
  } catch {
    return refuse('not_ready', 'The database does not answer.', { retry: true })
  }
}

/** What the organisation's actors have reported of themselves, and the edge's own work that keeps failing, by name. */
export async function stuck(call: GuardedCall, { limit, after }: z.output<typeof StuckQuery>): Answer<StuckList> {
  const page = { limit: limit + 1, after }
  const [troubles, failing] = await Promise.all([
    listTroubles(call.db, call.org, page),
    listFailing(call.env.DB, call.org, page),
  ])
  const rows = [
    ...troubles.map(({ actor, at, peers, parked }) => ({ actor, at, peers: [...peers], parked: [...parked] })),
    ...failing.map(({ name, since, ...failed }) => ({
      actor: name,
      at: since,
      peers: [],
      parked: [{ id: 1, ...failed }],
    })),
  ].sort((a, b) => (a.actor < b.actor ? -1 : 1))
  const items = rows.slice(0, limit)
  return ok({ items, next: rows.length > limit ? (items.at(-1)?.actor ?? null) : null })
}

/** Sends again, and takes up what was parked, at one actor that has reported. It reports how it stands after that. */
export async function replay(call: GuardedCall, { actor }: z.output<typeof ReplayRequest>): Answer<{ items: number }> {
  const unfinished = await unfinishedNamed(call.db, call.org, actor)
  if (unfinished === undefined && !(await isStuck(call.db, call.org, actor))) {
    return refuse('not_found', 'Nothing of that name is stuck.', { field: 'actor' })
  }
  const items =
    unfinished === undefined
      ? await actorStub(call.env, asActorName(actor)).replay()
      : Number(await tryAgain(call, unfinished))
  if (items > 0) {
    const object = { kind: unfinished?.kind ?? 'actor', id: actor }
    await insertAct(call.db, call.org, actOf(call, 'ops.replay', object, null, { items }))
  }
  return ok({ items })
}

/** False when it failed again. */
const tryAgain = ({ env, now }: GuardedCall, unfinished: Unfinished): Promise<boolean> =>
  unfinished.kind === 'errand' ? tryErrand(env, unfinished.errand, now) : tryErasure(env, unfinished.row, now)

/**
 * Who changes the record by hand reaches no actor: this does. It needs nobody to be signed in, because it only brings to
 * effect what the record says already, of a member that only an act's id names, which nobody can guess.
 */
export async function told(call: Call, { organisation, act }: z.output<typeof ToldRequest>): Answer<undefined> {
  const wait = await (await Counter.of(call.env, 'stranger', ['told', addressOf(call.request)])).take()
  if (wait > 0) return tooMany('Too many questions', wait)
  const id = await memberOfAct(call.db, organisation, act)
  if (id === undefined) return refuse('not_found', 'There is no such act of the command line.', { field: 'act' })
  await tellRights(call.env, call.db, { org: organisation, id })
  return ok(undefined)
}
