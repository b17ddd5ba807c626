/**
 * The words of the audit, in the search index: read from the audit itself, in the order in which acts were written there, so
 * that nobody who writes an act has to think of it. Whoever searches brings the index up to date first.
 */
import { indexText, matchExpression, type Term } from '../../core/text/query.ts'
import type { Env } from '../env.ts'
import { insertRows } from './bulk.ts'
import { realmOf } from './indexing.ts'
import { moveOn, placeOf } from './progress.ts'

/** How many acts are read at once. */
const chunk = 500
/** How long a share goes on, in ms: before a search, and by the minute. */
const before = 1_000
const minutely = 10_000

interface Row {
  readonly place: number
  readonly org: string
  readonly id: string
  readonly at: number
  readonly text: string
}

/** The share of this minute; how many acts it has put into the index. */
export const indexSomeActs = (env: Pick<Env, 'DB' | 'SEARCH'>) => indexActs(env.DB, env.SEARCH, minutely)

/** Puts into the index what was written since the last time, as far as `share` ms go. */
async function indexActs(db: D1Database, search: D1Database, share: number): Promise<number> {
  const until = Date.now() + share
  let acts = 0
  for (let place = await placeOf(search, 'acts'); place !== null && Date.now() < until; ) {
    const { results: read } = await db
      .prepare(
        "select rowid as place, org_id as org, id, at, by_id || ' ' || by_name || ' ' || action || ' ' || object_id || ' ' || " +
          "coalesce(before, '') || ' ' || coalesce(after, '') as text from audit where rowid > ? order by rowid limit ?",
      )
      .bind(Number(place), chunk)
      .all<Row>()
    const last = read.at(-1)
    if (last === undefined) return acts
    await search.batch(insertRows(search, 'act_indexing', await Promise.all(read.map(indexed))))
    const next = String(last.place)
    if (!(await moveOn(search, 'acts', place, next))) return acts
    acts += read.length
    place = next
  }
  return acts
}

const indexed = async ({ org, id, at, text }: Row) => ({
  org_id: org,
  act_id: id,
  at,
  body: indexText(await realmOf(org), text),
})

/** Which part of the audit is searched: before the act `after`, from `from` on and before `to`, in ms. */
export interface Stretch {
  readonly after?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** Ids of the acts that hold all of these words, newest first, after the index was brought up to date. */
export async function findActs(
  { DB, SEARCH }: Pick<Env, 'DB' | 'SEARCH'>,
  org: string,
  terms: readonly Term[],
  { after, from = 0, to = 2 ** 42 }: Stretch,
  limit: number,
): Promise<string[]> {
  await indexActs(DB, SEARCH, before)
  const sql =
    'select act_id as id from act_words cross join acts on acts.id = act_words.rowid ' +
    'where act_words match ?1 and act_words.rowid >= ?2 << 20 and act_words.rowid < ' +
    'min(?3 << 20, coalesce((select id from acts where org_id = ?4 and act_id = ?5), ?3 << 20)) ' +
    'and org_id = ?4 order by act_words.rowid desc limit ?6'
  const match = matchExpression(await realmOf(org), terms)
  const { results } = await SEARCH.prepare(sql)
    .bind(match, from, Math.min(to, 2 ** 42), org, after ?? null, limit)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}
