/** Searching what was written. */
import type * as z from 'zod/mini'
import { RecordedEntry, type SearchAnswer, type SearchMatch, type SearchQuery } from '../../core/protocol/api.ts'
import { reachOf } from '../../core/protocol/permissions.ts'
import { ok } from '../../core/result.ts'
import { type Term, termsOf } from '../../core/text/query.ts'
import { snippetOf } from '../../core/text/snippet.ts'
import { entriesOfHits, findEntries, newest } from '../db/search.ts'
import type { Answer, GuardedCall } from './route.ts'

/** How many matches a page looks through for whom not everything is to be seen. */
const mostLooked = 400

/** Messages and notes that hold everything asked for, newest first. */
export async function search(
  call: GuardedCall,
  { q, cursor = newest, limit }: z.output<typeof SearchQuery>,
): Answer<SearchAnswer> {
  const terms = termsOf(q)
  if (terms.length === 0) return ok({ items: [], next: null })
  const reach = reachOf(call.by, 'record.search')
  const most = reach === null ? limit : Math.max(limit, mostLooked)
  const hits = await findEntries(call.env.SEARCH, call.org, terms, cursor, most + 1)
  const looked = hits.slice(0, most)
  const found = await entriesOfHits(call.db, call.org, reach, looked)
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : hits.length > most ? looked.at(-1) : undefined
  return ok({
    items: shown.map(({ row }) => matchOf(row, terms)).filter((match) => match !== undefined),
    next: last?.id ?? null,
  })
}

type Row = Awaited<ReturnType<typeof entriesOfHits>>[number]['row']

/** The row as it is shown; undefined when its words are gone. */
function matchOf({ conversationId, seq, pub, at, commandId, sender, body }: Row, terms: readonly Term[]) {
  const entry = RecordedEntry.parse({ seq, pub, at, id: commandId, from: sender, body })
  if (entry.body.type !== 'message' && entry.body.type !== 'note') return undefined
  const { text, matches } = snippetOf(entry.body.text, terms)
  const match: SearchMatch = {
    conversation: conversationId,
    seq,
    at,
    type: entry.body.type,
    from: entry.from,
    snippet: { text, matches: [...matches] },
  }
  return match
}
