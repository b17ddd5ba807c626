/** A backup of a company in the middle of its talks, and what comes of it in an installation that is empty. */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { type BackupObjects, ChatSession } from '../../core/protocol/api.ts'
import type { StaffEntry } from '../../core/protocol/conversation.ts'
import { contentOf, homeOf, leftOut, objectsOf, pagesOfActors, putBack } from '../../scripts/lib/backup.mjs'
import { conversationStub } from '../../worker/actors.ts'
import { readVisitor } from '../../worker/auth/tokens.ts'
import { fileKey } from '../../worker/files/keys.ts'
import { transcriptKey } from '../../worker/life/transcripts.ts'
import { call, configOf, forgetSessions, found, memberOf } from './callers.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'

const olga = { as: memberOf('olga') }
const org = asId<OrgId>('acme')
let acme: Company
/** By the front door; the token by which they are known again. */
let visitor = ''
let silent: ChatSession
const talks = { byTheDoor: '', closed: '', talking: '', waiting: '', erased: '' }

/** As the administrator's command asks. */
async function ask(method: string, path: string, { body, may = [] }: { body?: unknown; may?: number[] } = {}) {
  const response = await call(method, path, { ...olga, ...(body === undefined ? {} : { body }) })
  if (may.includes(response.status)) return null
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.status === 204 ? undefined : response.json()
}

/** Opens the widget. */
async function enter(known?: string) {
  const body = { command: crypto.randomUUID(), ...(known === undefined ? {} : { visitor: known }) }
  return ChatSession.parse(await (await call('POST', '/channels/chat/acme/session', { body })).json())
}
const customerOf = async (known: string) => {
  const value = await readVisitor(env.PARLEY_SECRET, 'acme', known)
  const row = await env.DB.prepare('select customer_id from identifiers where value = ?').bind(value).first()
  return String(row?.['customer_id'])
}
const until = <T>(look: () => Promise<T | null | undefined | false>) =>
  vi.waitUntil(look, { timeout: 9_000, interval: 50 })
const transcriptOf = (id: string) => conversationStub(env, org, asId<ConversationId>(id)).transcript(0)
const recorded = async () =>
  (await env.DB.prepare("select * from conversations where org_id = 'acme' order by id").all()).results
const rowOf = async (id: string) => (await recorded()).find((row) => row['id'] === id)

type Stored = BackupObjects['items'][number]
interface Backup {
  readonly pages: { actor: string; page: { next: string | null } }[]
  readonly objects: { object: Stored; content: string }[]
  readonly tables: Record<string, Record<string, unknown>[]>
}

async function takeBackup(): Promise<Backup> {
  const backup: Backup = { pages: [], objects: [], tables: {} }
  for await (const page of pagesOfActors(ask)) backup.pages.push(page)
  for await (const object of objectsOf(ask)) {
    backup.objects.push({ object, content: await (await call('GET', contentOf(object), olga)).text() })
  }
  const names = "select name from sqlite_schema where type = 'table' and name not like '\\_cf%' escape '\\'"
  const { results } = await env.DB.prepare(names).all<{ name: string }>()
  for (const { name } of results) {
    if (leftOut.includes(name) || /^(sqlite_|d1_)/.test(name)) continue
    backup.tables[name] = (await env.DB.prepare(`select * from ${name}`).all()).results
  }
  return backup
}

async function restore({ pages, objects, tables }: Backup): Promise<boolean[]> {
  for (const [name, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const columns = Object.keys(row)
      const insert = `insert into ${name} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
      await env.DB.prepare(insert)
        .bind(...columns.map((column) => row[column]))
        .run()
    }
  }
  forgetSessions()
  for (const { object, content } of objects) {
    const put = await call('PUT', homeOf(object), { ...olga, body: content })
    expect(put.status).toBe(204)
  }
  const taken: boolean[] = []
  for (const page of pages) taken.push(await putBack(ask, page))
  return taken
}

let before: Map<string, readonly StaffEntry[]>
let rows: Record<string, unknown>[]
let backup: Backup
let version = 0
const versionOf = async () => (await (await call('GET', '/api/v1/config', olga)).json<{ version: number }>()).version

beforeAll(async () => {
  await found()
  acme = await Company.found('acme', configOf('acme'))
  const ada = await acme.console('ada')
  const talk = async (name: keyof typeof talks, customer: string) => {
    const { conversation, line } = await acme.visitor(customer)
    await line.command('post', { text: `A word of ${customer}` })
    talks[name] = conversation
    return line
  }
  const closed = await talk('closed', 'mia')
  await env.FILES.put(fileKey(org, talks.closed, 'a-file'), 'the content', {
    httpMetadata: { contentType: 'text/plain' },
  })
  await closed.command('leave', {})
  const talking = await talk('talking', 'noah')
  await ada.accept(talks.talking)
  await talking.command('post', { text: 'I am here' })
  await ada.line.command('presence', { presence: 'busy' })
  await talk('erased', 'ivy')
  await conversationStub(env, org, asId<ConversationId>(talks.erased)).erase('request')
  await talk('waiting', 'zoe')
  const session = await enter()
  visitor = session.visitor
  talks.byTheDoor = session.conversation
  const by = { ...acme.customerOf(session.conversation, await customerOf(visitor)) }
  await conversationStub(env, org, asId<ConversationId>(session.conversation)).command(by, {
    id: 'a-first-word',
    name: 'post',
    body: { text: 'Hello' },
  })
  silent = await enter()
  await until(() => env.FILES.head(transcriptKey(org, talks.closed)))
  await until(async () => (await rowOf(talks.erased))?.['erased_why'])
  for (const id of Object.values(talks)) {
    const { conversation } = await transcriptOf(id)
    await until(async () => (await rowOf(id))?.['version'] === conversation.version)
  }
  rows = await recorded()
  before = new Map(
    await Promise.all(Object.values(talks).map(async (id) => [id, (await transcriptOf(id)).entries] as const)),
  )
  version = await versionOf()
  backup = await takeBackup()
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await applyD1Migrations(env.SEARCH, env.TEST_SEARCH_MIGRATIONS)
}, 40_000)

describe('a backup', () => {
  it('BA1 comes back in an empty installation: every conversation, word for word', async () => {
    expect((await restore(backup)).every(Boolean)).toBe(true)
    for (const [id, entries] of before) {
      const now = (await transcriptOf(id)).entries
      expect(now.slice(0, entries.length)).toEqual(entries)
      // What comes on top says only that nobody has it in hand any more, and that somebody is sought.
      const more = now.slice(entries.length).map(({ body }) => body.type)
      const waits = [talks.waiting, talks.byTheDoor].includes(id) ? ['waiting'] : []
      const lost = id === talks.talking ? ['lost', 'left', 'waiting'] : waits
      expect([id, more]).toEqual([id, lost])
    }
  })

  it('BA2 tells the record everything again, which then says the same', async () => {
    await until(
      async () => (await recorded()).length === rows.length && (await rowOf(talks.talking))?.['status'] === 'waiting',
    )
    const { closed, erased } = talks
    for (const id of [closed, erased]) expect(await rowOf(id)).toEqual(rows.find((row) => row['id'] === id))
    const counts = await env.DB.prepare('select conversation_id as id, count(*) as n from entries group by 1').all()
    const told = new Map(counts.results.map(({ id, n }) => [id, n]))
    expect(told.get(closed)).toBe(before.get(closed)?.length)
    expect(told.has(erased)).toBe(false)
  })

  it('BA3 publishes the configuration anew, and those who wait are served', async () => {
    expect(await versionOf()).toBe(version + 1)
    const ada = await acme.console('ada')
    const lease = await ada.accept(talks.talking)
    const line = await ada.look(talks.talking)
    const answer = await line.command('post', { text: 'Where were we?', lease })
    expect(answer).toMatchObject({ t: 'reply', ok: true })
    expect((await enter(visitor)).conversation).toBe(talks.byTheDoor)
    // Of a talk without a word there is nothing to keep: a new one begins.
    const next = await enter(silent.visitor)
    expect(next.conversation).not.toBe(silent.conversation)
    const heard = acme.customerOf(next.conversation, await customerOf(silent.visitor))
    expect(await conversationStub(env, org, asId<ConversationId>(next.conversation)).admits(heard)).toMatchObject({
      ok: true,
    })
  })

  it('BA4 brings the objects back, and overwrites nothing', async () => {
    const file = await env.FILES.get(fileKey(org, talks.closed, 'a-file'))
    expect([await file?.text(), file?.httpMetadata?.contentType]).toEqual(['the content', 'text/plain'])
    const taken = []
    for (const page of backup.pages) taken.push(await putBack(ask, page))
    expect(taken.some(Boolean)).toBe(false)
    const page = { storage: 'engine 99', rows: [], entries: [], next: null }
    const strange = await call('PUT', '/api/ops/backup/actor', {
      ...olga,
      body: { actor: 'acme/conversation/x', page },
    })
    expect(await strange.json()).toMatchObject({ errors: [{ field: 'page.storage' }] })
  })
})
