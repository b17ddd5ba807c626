/** A backup of a company in the middle of its talks, and what comes of it in an installation that is empty. */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { type BackupObjects, ChatSession } from '../../core/protocol/api.ts'
import type { StaffEntry } from '../../core/protocol/conversation.ts'
import type { Ask } from '../../scripts/lib/api.mjs'
import { contentOf, leftOut, objectsOf, pagesOfActors, putBack, putObject } from '../../scripts/lib/backup.mjs'
import { conversationStub } from '../../worker/actors.ts'
import { readVisitor } from '../../worker/auth/tokens.ts'
import { fileKey } from '../../worker/files/keys.ts'
import { transcriptKey } from '../../worker/life/transcripts.ts'
import { call, configOf, forgetSessions, found, memberOf } from './callers.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'
import { type Row, settled } from './kit/record.ts'

const olga = { as: memberOf('olga') }
const org = asId<OrgId>('acme')
let acme: Company
/** By the front door; the token by which they are known again. */
let visitor = ''
let silent: ChatSession
const talks = {
  ...{ byTheDoor: '', closed: '', talking: '', waiting: '', erased: '', ringing: '', snoozed: '', wrapping: '' },
  /** `merged` goes on in `goingOn` again, `left` in `split`. */
  ...{ merged: '', goingOn: '', left: '', split: '' },
}

/** As the administrator's command asks. */
const ask: Ask = async (method, path, { body, may = [], from } = {}) => {
  const sent = from === undefined ? body : await from.text()
  const response = await call(method, path, { ...olga, ...(sent === undefined ? {} : { body: sent }) })
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
    await putObject(ask, object, new Blob([content]))
  }
  const taken: boolean[] = []
  for (const page of pages) taken.push(await putBack(ask, page))
  return taken
}

/** A socket of who may do everything. */
async function lead(conversation: string) {
  const line = await acme.connect('conversation', conversation, acme.staff('olga', 'administrator'))
  await line.hello()
  return line
}

/** The conversation in which it goes on. */
async function split(conversation: string): Promise<string> {
  const answer = await (await lead(conversation)).command('split', { from: 1 })
  return answer.t === 'reply' ? String(Object(answer.value).conversation) : ''
}

let before: Map<string, readonly StaffEntry[]>
let day: Record<string, Row[]>
let backup: Backup
let version = 0

/** What a restore adds to a conversation. */
function addedTo(id: string, waiting: readonly string[]): string[] {
  if (id === talks.talking) return ['lost', 'left', 'waiting']
  if (id === talks.ringing) return ['declined', 'waiting']
  return waiting.includes(id) ? ['waiting'] : []
}

const versionOf = async () => (await (await call('GET', '/api/v1/config', olga)).json<{ version: number }>()).version

beforeAll(async () => {
  await found()
  acme = await Company.found('acme', {
    ...configOf('acme'),
    media: {
      chat: { capacity: 9, exclusive: false, wrap: 600_000, grace: 60_000 },
      voice: { capacity: 1, exclusive: true, wrap: 0, grace: 10_000 },
    },
    timings: { ring: 120_000 },
  })
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
  await talk('snoozed', 'max')
  const lease = await ada.accept(talks.snoozed)
  await (await ada.look(talks.snoozed)).command('snooze', { lease, until: Date.now() + 3_600_000 })
  await talk('wrapping', 'tom')
  const last = await ada.accept(talks.wrapping)
  await (await ada.look(talks.wrapping)).command('close', { lease: last })
  await ada.item(talks.wrapping, 'wrap')
  await ada.line.command('presence', { presence: 'busy' })
  await talk('erased', 'ivy')
  await conversationStub(env, org, asId<ConversationId>(talks.erased)).erase('request')
  await talk('waiting', 'zoe')
  await talk('left', 'kim')
  talks.split = await split(talks.left)
  await talk('goingOn', 'lea')
  talks.merged = await split(talks.goingOn)
  const parted = await lead(talks.merged)
  await parted.command('merge', { into: talks.goingOn })
  await parted.until(() => parted.events.find(({ body }) => Object(body).body.type === 'merged'))
  const dan = await acme.console('dan')
  await talk('ringing', 'rio')
  const leading = await lead(talks.ringing)
  // The first time the conversation asks Book who that is.
  await until(async () => Object(await leading.command('assign', { agent: 'dan', force: true })).ok === true)
  await dan.item(talks.ringing, 'ringing')
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
  day = await settled('acme', ({ segments, conversations }) => {
    const lasts = (kind: string) => segments?.some((row) => row['kind'] === kind && row['ended_at'] === null)
    const isMerged = conversations?.some(({ merged_into }) => merged_into !== null)
    return isMerged === true && ['ring', 'talk', 'snooze', 'wrap-up', 'queue'].every(lasts)
  })
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
    const waiting = [talks.waiting, talks.byTheDoor, talks.split, talks.goingOn]
    for (const [id, entries] of before) {
      const now = (await transcriptOf(id)).entries
      expect(now.slice(0, entries.length)).toEqual(entries)
      // What comes on top says only that nobody has it in hand or is asked any more, and that somebody is sought.
      const more = now.slice(entries.length).map(({ body }) => body.type)
      expect([id, more]).toEqual([id, addedTo(id, waiting)])
    }
  })

  it('BA2 tells the record everything again, which then says the same of all that is over', async () => {
    const isOver = (row: Row) => row['ended_at'] !== null
    // With nobody here any more, these stays are over.
    const cut = new Map([
      ['talk', 'lost'],
      ['ring', 'guard'],
      ['wrap-up', 'signed-off'],
    ])
    const isCut = ({ kind, outcome }: Row) => cut.get(String(kind)) === outcome
    const now = await settled('acme', ({ segments, conversations }) => {
      const kinds = new Set(segments?.filter(isCut).map(({ kind }) => kind))
      return kinds.size === cut.size && conversations?.length === day['conversations']?.length
    })
    for (const table of ['entries', 'segments', 'agent_intervals']) {
      const over = day[table]?.filter((row) => table === 'entries' || isOver(row))
      expect(now[table]).toEqual(expect.arrayContaining(over ?? []))
    }
    for (const was of day['segments']?.filter((row) => !isOver(row)) ?? []) {
      const is = now['segments']?.find(
        (row) => row['conversation_id'] === was['conversation_id'] && row['id'] === was['id'],
      )
      if (cut.has(String(was['kind']))) expect(is && isCut(is)).toBe(true)
      else expect(is).toEqual(was)
    }
    const still = [talks.closed, talks.erased, talks.snoozed, talks.wrapping, talks.left, talks.merged]
    for (const id of still) {
      const same = (rows: Row[] | undefined) => rows?.find((row) => row['id'] === id)
      expect(same(now['conversations'])).toEqual(same(day['conversations']))
    }
    expect(now['entries']?.some((row) => row['conversation_id'] === talks.erased)).toBe(false)
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
