/** How far an index has been filled from the record; kept beside the index. */

/** What is filled in the background. */
type Name = 'entries' | 'acts'

/** The place to go on from; null when all is in the index. */
export async function placeOf(search: D1Database, name: Name): Promise<string | null> {
  return search.prepare('select place from progress where name = ?').bind(name).first<string>('place')
}

/** Goes on from `before` to `now`; false when somebody else has moved it meanwhile, or begun it anew. */
export async function moveOn(search: D1Database, name: Name, before: string, now: string | null): Promise<boolean> {
  const sql = 'update progress set place = ?3 where name = ?1 and place = ?2'
  return (await search.prepare(sql).bind(name, before, now).run()).meta.changes > 0
}
