/**
 * Fills the search index from the record: share by share, by the minute, from where the last share ended. So an index that a
 * migration or an administrator has begun anew is whole again by itself, and nobody waits for it meanwhile.
 */
import * as z from 'zod/mini'
import type { Env } from '../env.ts'
import { goneAmong, index, type Spoken, unindexEntries } from './indexing.ts'
import { moveOn, placeOf } from './progress.ts'

/** How many entries are read at once. */
const chunk = 500
/** How long a share goes on, in ms: well within the minute. */
const share = 20_000

const Place = z.tuple([z.string(), z.string(), z.int()])

/** The share of this minute; how many entries it has put into the index. */
export async function reindexSome({ DB, SEARCH }: Pick<Env, 'DB' | 'SEARCH'>): Promise<number> {
  let entries = 0
  const until = Date.now() + share
  for (let place = await placeOf(SEARCH, 'entries'); place !== null && Date.now() < until; ) {
    const read = await readChunk(DB, Place.parse(JSON.parse(place)))
    await index(SEARCH, read)
    // What was erased or removed between reading and writing must not stay.
    const gone = await goneAmong(DB, read)
    await unindexEntries(
      SEARCH,
      read.filter((_, n) => gone.has(n)),
    )
    const last = read.at(-1)
    const next = last === undefined ? null : JSON.stringify([last.org, last.conversation, last.seq])
    if (!(await moveOn(SEARCH, 'entries', place, next))) return entries
    entries += read.length
    place = next
  }
  return entries
}

/** The messages and notes that follow an entry, in the order of the record's key. */
async function readChunk(db: D1Database, [org, conversation, seq]: z.infer<typeof Place>): Promise<Spoken[]> {
  const sql =
    "select org_id as org, conversation_id as conversation, seq, at, body ->> '$.text' as text from entries " +
    "where (org_id, conversation_id, seq) > (?, ?, ?) and body ->> '$.type' in ('message', 'note') " +
    'order by org_id, conversation_id, seq limit ?'
  const { results } = await db.prepare(sql).bind(org, conversation, seq, chunk).all<Spoken>()
  return results
}
