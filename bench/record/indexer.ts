/** The thread that fills the search index: from the same seed as the record's, so that nothing has to be handed over. */
import { workerData } from 'node:worker_threads'
import { indexText } from '../../core/text/query.ts'
import { realmOf } from '../../worker/db/indexing.ts'
import { corpus, orgs } from './corpus.ts'
import type { Indexing } from './fill.ts'
import { Loader } from './loader.ts'

const { file, seed, now }: Indexing = workerData
const realms = new Map(await Promise.all(orgs.map(async (org) => [org as string, await realmOf(org)] as const)))
const said: {
  readonly org: string
  readonly conversation: string
  readonly seq: number
  readonly at: number
  readonly text: string
}[] = []
for (const record of corpus(seed, now).records()) {
  if (record.type !== 'entry') continue
  const { seq, at, body } = record.entry
  if (body.type === 'message' || body.type === 'note')
    said.push({ org: record.org, conversation: record.conversation, seq, at, text: body.text })
}
// As the index takes it best: FTS5 closes what it has gathered whenever an id is smaller than the one before.
said.sort((a, b) => a.at - b.at)
const loader = new Loader(file)
let id = 0n
for (const { org, conversation, seq, at, text } of said) {
  const first = BigInt(at) << 20n
  id = id < first ? first : id + 1n
  loader.insert('documents', { id, org_id: org, conversation_id: conversation, seq })
  loader.insert('words', { rowid: id, body: indexText(realms.get(org) ?? '', text) })
}
loader.end()
