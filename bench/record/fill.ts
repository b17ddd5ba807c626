/**
 * Fills the record and the search index with a corpus: straight into the files of the two databases, which nobody serves
 * meanwhile, each on a thread of its own. The rows are those that the consumers write, triggers included; only the index's
 * own trigger is left out, since what it finds out for each entry is known here.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { staffSql } from '../../scripts/seed.mjs'
import { auditRow } from '../../worker/db/audit.ts'
import { conversationRow, entryRow, intervalRow, segmentRow } from '../../worker/db/records.ts'
import type { Files } from '../runtime.ts'
import { type Corpus, orgs } from './corpus.ts'
import { Loader } from './loader.ts'

export const password = 'a password of the benchmarks'
const roles = { admin: 'administrator', lead: 'supervisor', idler: 'supervisor', ann: 'agent' }
export type Who = keyof typeof roles
export const emailOf = (who: Who) => `${who}@${orgs[0]}.example`

/** What the index is filled from, on its thread. */
export interface Indexing {
  readonly file: string
  readonly seed: number
  readonly now: number
}

/** How long each of the two took, in ms. */
export async function fill(
  files: Files,
  made: Corpus,
  { seed, now }: Omit<Indexing, 'file'>,
): Promise<{ record: number; index: number }> {
  const begin = performance.now()
  const workerData: Indexing = { file: files.SEARCH, seed, now }
  const indexer = new Worker(inRoot('bench/record/indexer.ts'), { workerData })
  const indexed = once(indexer, 'exit').then(([code]) => {
    if (code !== 0) throw new Error(`the index was not filled: ${code}`)
    return performance.now() - begin
  })
  await fillRecord(files.DB, made)
  const record = performance.now() - begin
  return { record, index: await indexed }
}

async function fillRecord(file: string, made: Corpus): Promise<void> {
  const companies = orgs.map((id) => ({ id, name: id, staff: id === orgs[0] ? staff() : [] }))
  const loader = new Loader(file)
  loader.run(await staffSql(companies))
  for (const record of made.records()) {
    if (record.type === 'entry') loader.insert('entries', entryRow(record))
    else if (record.type === 'conversation') loader.insert('conversations', conversationRow(record))
    else if (record.type === 'segment') loader.insert('segments', segmentRow(record))
    else if (record.type === 'agent-interval') loader.insert('agent_intervals', intervalRow(record))
    else if (record.type === 'audit') loader.insert('audit', auditRow(record))
  }
  loader.end()
}

const staff = () =>
  Object.entries(roles).map(([id, role]) => ({ id, name: id, role, email: `${id}@${orgs[0]}.example`, password }))
