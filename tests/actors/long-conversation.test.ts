/** A conversation of ten thousand entries through its whole life: told, kept, read, put back, told anew and erased, in pages. */
import { applyD1Migrations, reset, runInDurableObject } from 'cloudflare:test'
import { beforeAll, expect, it, vi } from 'vitest'
import { record, say } from '../../core/conversation/entries.ts'
import type { KeptPage } from '../../core/engine/keeping.ts'
import { address, asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { BackupPage, ChatSession, Erasure, RebuildStep } from '../../core/protocol/api.ts'
import type { StaffEntry } from '../../core/protocol/conversation.ts'
import { Transcript, transcriptKey } from '../../worker/life/transcripts.ts'
import { call, forgetSessions, found, memberOf } from './callers.ts'
import { env } from './env.ts'

// Ten thousand rows are written three times, and their words indexed, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const olga = { as: memberOf('olga') }
const org = asId<OrgId>('acme')
const many = 10_000
let id = asId<ConversationId>('not-yet')
let customer = ''

const actor = () => env.CONVERSATION.getByName(address(org, 'conversation', id))
/** Now and then some of the longest that a message may be, in letters of three bytes: the most that one batch carries. */
const words = (n: number) => (n % 2_000 < 4 ? '字'.repeat(8_000) : `word ${n} of many`)
const countIn = async (db: D1Database, table: string) =>
  db.prepare(`select count(*) as n from ${table} where conversation_id = ?`).bind(id).first<number>('n')
/** All that was said, and that it was left. */
const recorded = () =>
  vi.waitUntil(async () => (await countIn(env.DB, 'entries')) === many + 1, { timeout: 50_000, interval: 250 })

beforeAll(async () => {
  await found()
  const body = { command: crypto.randomUUID() }
  const session = ChatSession.parse(await (await call('POST', '/channels/chat/acme/session', { body })).json())
  id = asId(session.conversation)
  customer = String(await env.DB.prepare('select customer_id from identifiers').first('customer_id'))
  await runInDurableObject(actor(), ({ actor }) => {
    actor.decide((state, turn) => {
      for (let n = 1; n <= many; n += 1) {
        if (n % 10 === 9) record(state, turn, { type: 'note', text: words(n) })
        else say(state, turn, { type: 'message', text: words(n) })
      }
    })
    const by = { kind: 'customer', org, customer, conversation: id } as const
    expect(actor.command(by, { id: 'the-last', name: 'leave', body: {} })).toMatchObject({ ok: true })
  })
})

const textsOf = (entries: readonly StaffEntry[]) => entries.flatMap(({ body }) => ('text' in body ? [body.text] : []))
const allWords = Array.from({ length: many }, (_, n) => words(n + 1))

it('OB4 LD5 LD14: is told without a pause between its parts, and its transcript is whole', async () => {
  await recorded()
  const object = await vi.waitUntil(() => env.FILES.get(transcriptKey(org, id)), { timeout: 50_000, interval: 250 })
  expect(textsOf(Transcript.parse(await object?.json()).entries)).toEqual(allWords)
})

it('LD7: is read in pages from the record, and exported whole', async () => {
  const read = async (after: number) => {
    const path = `/api/v1/conversations/${id}/entries?limit=100&after=${after}`
    return (await call('GET', path, olga)).json<{ items: StaffEntry[]; next: string | null }>()
  }
  expect(textsOf((await read(0)).items)).toEqual(allWords.slice(0, 100))
  const last = await read(many - 50)
  expect([textsOf(last.items), last.next]).toEqual([allWords.slice(-50), null])
  const answer = await call('GET', `/api/v1/customers/${customer}/export`, olga)
  const lines = new TextDecoder()
    .decode(await answer.arrayBuffer())
    .trim()
    .split('\n')
  const facts: { type: string; entry: StaffEntry }[] = lines.map((line) => JSON.parse(line))
  expect(textsOf(facts.filter(({ type }) => type === 'entry').map(({ entry }) => entry))).toEqual(allWords)
})

it('BA1: comes back in an empty installation, entry for entry', async () => {
  const pages = await kept()
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await applyD1Migrations(env.SEARCH, env.TEST_SEARCH_MIGRATIONS)
  forgetSessions()
  await found()
  const insert = "insert into customers (org_id, id, name, verified, created_at) values ('acme', ?, 'Visitor', 0, 0)"
  await env.DB.prepare(insert).bind(customer).run()
  for (const page of pages) {
    const body = { actor: `acme/conversation/${id}`, page }
    expect((await call('PUT', '/api/ops/backup/actor', { ...olga, body })).status).toBe(204)
  }
  expect((await kept()).flatMap(({ entries }) => entries)).toEqual(pages.flatMap(({ entries }) => entries))
})

async function kept(): Promise<KeptPage[]> {
  const pages: KeptPage[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ actor: `acme/conversation/${id}`, cursor })
    const page = BackupPage.parse(await (await call('GET', `/api/ops/backup/actor?${query}`, olga)).json())
    pages.push(page)
    cursor = page.next
  }
  return pages
}

it('BA2 RC3: is told anew, though the record is emptied meanwhile', async () => {
  for (let cursor: string | null = 'empty'; cursor !== null; ) {
    const answer = await call('POST', '/api/ops/rebuild', { ...olga, body: { cursor } })
    cursor = RebuildStep.parse(await answer.json()).next
  }
  await recorded()
})

it('LD8: leaves nothing when its customer is erased, in one request', async () => {
  const answer = await call('POST', `/api/v1/customers/${customer}/erasure`, olga)
  const { done, found } = Erasure.parse(await answer.json())
  expect(done).not.toBeNull()
  expect(found).toMatchObject({ conversations: 1, entries: many + 1, recordedEntries: many + 1 })
  expect([await countIn(env.DB, 'entries'), await countIn(env.SEARCH, 'documents')]).toEqual([0, 0])
  expect(await env.FILES.head(transcriptKey(org, id))).toBeNull()
  expect((await actor().transcript(0)).entries.map(({ body }) => body.type)).toEqual(['erased'])
})
