/** What one entry says is taken away: from every place where it was, for everybody at once, and for good. */
import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { AuditList } from '../../core/protocol/administration.ts'
import type { StaffEntry } from '../../core/protocol/conversation.ts'
import { termsOf } from '../../core/text/query.ts'
import { signTicket } from '../../worker/auth/tokens.ts'
import { reindexSome } from '../../worker/db/reindexing.ts'
import { findEntries, newest } from '../../worker/db/search.ts'
import { runDuties } from '../../worker/duties.ts'
import { fileKey } from '../../worker/files/keys.ts'
import { transcriptKey } from '../../worker/life/transcripts.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { fetchApi, origin } from './contract.ts'
import { env } from './env.ts'
import { Company, type Console, nameOf } from './kit/company.ts'

let acme: Company
let ada: Console
beforeAll(async () => {
  await found()
  const media = {
    chat: { capacity: 10, exclusive: false, wrap: 0, grace: 60_000 },
    voice: { capacity: 1, exclusive: true, wrap: 0, grace: 10_000 },
  }
  acme = await Company.found('acme', { ...configOf('acme'), media })
  ada = await acme.console('ada')
  // The chat's entrance does that for whoever comes by it.
  const known = "insert into customers (org_id, id, name, created_at) values ('acme', 'noah', 'noah', 0)"
  await env.DB.prepare(known).run()
})

const until = <T>(look: () => Promise<T | null | undefined | false>) =>
  vi.waitUntil(look, { timeout: 9_000, interval: 50 })
const indexed = (word: string) => findEntries(env.SEARCH, 'acme', termsOf(word), newest, 10)
const bodies = async (id: string) => {
  const sql = 'select seq, body from entries where conversation_id = ? order by seq'
  return (await env.DB.prepare(sql).bind(id).all<{ seq: number; body: string }>()).results
}
const transcriptOf = async (id: string) => (await env.FILES.get(transcriptKey('acme', id)))?.text()
const entriesOf = async (id: string) => (await acme.conversation(id).transcript(0)).entries
const seqOf = (entries: readonly StaffEntry[], type: string) => entries.find(({ body }) => body.type === type)?.seq
/** A customer's export: what each line of it is, and for an entry what that one is. */
const exportOf = async (customer: string) => {
  const answer = await call('GET', `/api/v1/customers/${customer}/export`, { as: memberOf('olga') })
  expect(answer.status).toBe(200)
  const text = await answer.text()
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { text, types: lines.map(({ type, entry }) => entry?.body.type ?? type) }
}
const errands = async (id: string) =>
  (await env.DB.prepare('select kind from errands where conversation_id = ?').bind(id).all()).results

/** A customer says this word to an agent. */
async function begin(customer: string, word: string) {
  const { conversation, line } = await acme.visitor(customer)
  await ada.line.ping()
  await line.command('post', { text: `My card is ${word}` })
  return { conversation, line, lease: await ada.accept(conversation) }
}

/** A talk in which customer and agent say this word, in a message, a note and a file. */
async function talk(customer: string, word: string) {
  const { conversation, line, lease } = await begin(customer, word)
  const desk = await ada.look(conversation)
  await desk.command('note', { text: `She said ${word}` })
  const actor = nameOf(acme.org, 'conversation', conversation)
  const ticket = await signTicket(env.PARLEY_SECRET, actor, acme.customerOf(conversation, customer))
  const file = `a-file-of-${customer}`
  const ask = (method: string, path: string, body: string | null = null) => {
    const headers = { origin, authorization: `Bearer ${ticket}` }
    return fetchApi(new Request(`${origin}/files/${conversation}/${path}`, { method, headers, body }))
  }
  const send = () => ask('PUT', `${file}?name=${word}.txt&media=text/plain&size=${word.length}`, word)
  expect((await send()).status).toBe(200)
  return { conversation, line, desk, lease, file, send, get: () => ask('GET', file) }
}

const remove = (who: string, conversation: string, entry: number | undefined, id: string = crypto.randomUUID()) =>
  call('POST', `/api/v1/conversations/${conversation}/commands`, {
    as: memberOf(who),
    body: { id, name: 'remove', body: { entry, why: 'payment' } },
  })

/** All three, by the team's supervisor. */
async function removeAll(conversation: string) {
  const entries = await entriesOf(conversation)
  for (const type of ['message', 'note', 'file'])
    expect((await remove('sam', conversation, seqOf(entries, type))).status).toBe(200)
  return entries
}

describe('a removal', () => {
  it('LD10 leaves a tombstone under the old number, of which customers read only that it is one', async () => {
    const { conversation, line, desk, get } = await talk('mia', 'quince')
    const before = await entriesOf(conversation)
    await removeAll(conversation)
    // LD11: everybody who looks hears it as the next entry.
    await desk.untilHeard('"type":"removal"')
    await line.until(() => {
      const told = line.events.filter(({ body }) => Object(body).body.type === 'removal')
      return told.length === 2 ? told : undefined
    })
    expect(line.heard.slice(-6).join()).not.toMatch(/payment|sam/)
    const after = await entriesOf(conversation)
    for (const { seq, id, from, body } of before) {
      const said = ['message', 'note', 'file'].includes(body.type)
      const tombstone = { type: 'removed', why: 'payment', by: { id: 'sam' } }
      expect(after[seq - 1]).toMatchObject({ seq, id, from, body: said ? tombstone : body })
    }
    // Whoever was away hears of it with what it missed; who comes anew finds the tombstones.
    const away = await acme.connect('conversation', conversation, acme.customerOf(conversation, 'mia'))
    const { snapshot } = await away.hello()
    expect(JSON.stringify(snapshot)).not.toMatch(/quince|payment|sam/)
    expect((await get()).status).toBe(404)
  })

  it('LD12 takes it out of actor, record, index, transcript and bucket', async () => {
    const { conversation, desk, lease, file, get } = await talk('noah', 'medlar')
    await desk.command('close', { lease })
    await until(async () => (await indexed('medlar')).length === 2)
    await until(async () => (await transcriptOf(conversation))?.includes('medlar'))
    const before = await exportOf('noah')
    expect(before.text.split('medlar').length).toBeGreaterThan(3)
    expect(before.types).toEqual(expect.arrayContaining(['customer', 'conversation', 'message', 'note', 'file']))
    await removeAll(conversation)
    expect((await get()).status).toBe(404)
    await until(async () => (await indexed('medlar')).length === 0)
    await until(async () => !(await transcriptOf(conversation))?.includes('medlar'))
    await until(async () => (await errands(conversation)).every(({ kind }) => kind === 'purge'))
    expect(JSON.stringify(await bodies(conversation))).not.toContain('medlar')
    expect(await env.FILES.head(fileKey('acme', conversation, file))).toBeNull()
    const kept = await runInDurableObject(acme.conversation(conversation), (_, { storage }) =>
      ['entries', 'state', 'commands', 'outbox'].map((table) => storage.sql.exec(`select * from ${table}`).toArray()),
    )
    expect(JSON.stringify(kept)).not.toContain('medlar')
    const after = await exportOf('noah')
    expect(after.text).not.toContain('medlar')
    expect(after.types.filter((type) => type === 'removed')).toHaveLength(3)
    expect(after.types).toContain('conversation')
  })

  it('LD12 is not undone by what comes late, by a rebuild, or by sending again', async () => {
    const { conversation, file, send } = await talk('ivy', 'sloe')
    const before = await removeAll(conversation)
    const records = before.map((entry) => ({ type: 'entry' as const, org: 'acme', conversation, entry }))
    await env.PROJECTION.send({ records })
    await env.INDEXING.send({ records })
    await acme.conversation(conversation).retell()
    expect((await send()).status).toBe(404)
    await runDuties(env, Date.now() + 2 * 3_600_000)
    const { line } = await acme.visitor('later')
    await line.command('post', { text: 'hawthorn' })
    await until(async () => (await indexed('hawthorn')).length > 0)
    expect(JSON.stringify(await bodies(conversation))).not.toContain('sloe')
    expect(await indexed('sloe')).toEqual([])
    expect(await env.FILES.head(fileKey('acme', conversation, file))).toBeNull()
    await env.SEARCH.prepare(`update progress set place = '["","",0]' where name = 'entries'`).run()
    expect(await reindexSome(env)).toBeGreaterThan(0)
    expect(await indexed('sloe')).toEqual([])
  })

  it('LD12 counts when the record hears of it before it hears of the words', async () => {
    const { conversation } = await acme.visitor('zoe')
    const at = { at: 1, from: { role: 'customer', id: 'zoe', name: 'zoe' } } as const
    const entry = (body: StaffEntry['body']): StaffEntry => ({ stream: 'staff', seq: 1, pub: 1, id: 'x', ...at, body })
    const tell = (body: StaffEntry['body']) =>
      env.PROJECTION.send({ records: [{ type: 'entry', org: 'acme', conversation, entry: entry(body) }] })
    await tell({ type: 'removed', at: 2, by: { id: 'sam', name: 'Sam' }, why: 'other' })
    await until(async () => (await bodies(conversation)).length === 1)
    await tell({ type: 'message', text: 'bullace' })
    const { line } = await acme.visitor('late')
    await line.command('post', { text: 'rowan' })
    await until(async () => (await indexed('rowan')).length > 0)
    expect((await bodies(conversation))[0]?.body).toContain('removed')
    expect(await indexed('bullace')).toEqual([])
  })

  it('LD13 stands in the audit without the words, once; done again it changes nothing', async () => {
    const { conversation } = await begin('leo', 'damson')
    const seq = seqOf(await entriesOf(conversation), 'message')
    const first = await remove('sam', conversation, seq, 'the-removal')
    expect(await (await remove('sam', conversation, seq, 'the-removal')).json()).toEqual(await first.json())
    expect((await remove('olga', conversation, seq)).status).toBe(200)
    expect((await entriesOf(conversation)).filter(({ body }) => body.type === 'removal')).toHaveLength(1)
    const acts = await until(async () => {
      const audit = await call('GET', `/api/v1/audit?object=${conversation}`, { as: memberOf('olga') })
      const { items } = AuditList.parse(await audit.json())
      return items.length > 0 && items
    })
    expect(acts).toMatchObject([
      { action: 'conversation.remove', by: { id: 'sam' }, after: { entry: seq, was: 'message', why: 'payment' } },
    ])
    expect(JSON.stringify(acts)).not.toContain('damson')
  })

  it('LD10 is for those who lead, and for words only', async () => {
    const { conversation } = await begin('ann', 'cherry')
    const entries = await entriesOf(conversation)
    expect((await remove('ada', conversation, 1)).status).toBe(403)
    expect((await remove('otto', conversation, 1)).status).toBe(404)
    const refused = await remove('sam', conversation, seqOf(entries, 'joined'))
    expect([refused.status, await refused.json()]).toMatchObject([400, { errors: [{ field: 'body.entry' }] }])
    expect(await entriesOf(conversation)).toEqual(entries)
  })
})
