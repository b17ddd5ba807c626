/** Fills the record and the search index with a corpus, by the consumers' own statements. */
import { staffSql } from '../scripts/seed.mjs'
import { indexRecords } from '../worker/db/indexing.ts'
import { writeRecords } from '../worker/db/projection.ts'
import { type Corpus, orgs } from './corpus.ts'
import type { Databases } from './runtime.ts'

export const password = 'a password of the benchmarks'
const roles = { admin: 'administrator', lead: 'supervisor', idler: 'supervisor', ann: 'agent' }
export type Who = keyof typeof roles
export const emailOf = (who: Who) => `${who}@${orgs[0]}.example`

export async function fill({ DB, SEARCH }: Databases, corpus: Corpus): Promise<void> {
  const companies = orgs.map((id) => ({ id, name: id, staff: id === orgs[0] ? staff() : [] }))
  for (const statement of (await staffSql(companies)).trim().split('\n')) await DB.prepare(statement).run()
  let entries = 0
  let said = Date.now()
  for (const batch of corpus.batches()) {
    await Promise.all([writeRecords(DB, batch), indexRecords(SEARCH, batch)])
    entries += batch.filter(({ type }) => type === 'entry').length
    if (Date.now() - said > 10_000) {
      said = Date.now()
      console.log(`  ${entries} entries`)
    }
  }
  // Their transcripts were written long ago: what is measured shall not run beside sixty thousand of them.
  await DB.prepare("delete from errands where kind = 'transcript'").run()
}

const staff = () =>
  Object.entries(roles).map(([id, role]) => ({ id, name: id, role, email: `${id}@${orgs[0]}.example`, password }))
