/** A person's rights, over the API: everything about them in one export, and an erasure that proves what it did. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { asId } from '../../core/ids.ts'
import { ChatSession, Erasure } from '../../core/protocol/api.ts'
import { conversationStub } from '../../worker/actors.ts'
import { runDuties } from '../../worker/duties.ts'
import { filesOf } from '../../worker/files/keys.ts'
import { transcriptKey } from '../../worker/life/transcripts.ts'
import { call, found, memberOf } from './callers.ts'
import { fetchApi, origin } from './contract.ts'
import { env } from './env.ts'
import { dial } from './kit/company.ts'

const olga = { as: memberOf('olga') }
beforeAll(async () => {
  await found()
})

/** A visitor by the front door, who writes, sends a file, and maybe leaves. */
async function visit(word: string, { visitor, leaves = true }: { visitor?: string; leaves?: boolean } = {}) {
  const body = { command: crypto.randomUUID(), ...(visitor === undefined ? {} : { visitor }) }
  const session = ChatSession.parse(await (await call('POST', '/channels/chat/acme/session', { body })).json())
  const line = await dial(`/connect/conversation/${session.conversation}`, `parley.v1, ticket.${session.ticket}`)
  await line.hello()
  await line.command('post', { text: `I say ${word}` })
  const at = `${origin}/files/${session.conversation}/the-file-${word}?name=${word}.txt&media=text/plain&size=${word.length}`
  const headers = { authorization: `Bearer ${session.ticket}`, origin }
  expect((await fetchApi(new Request(at, { method: 'PUT', headers, body: word }))).status).toBe(200)
  if (leaves) await line.command('leave', {})
  const customer = await vi.waitUntil(() => customerOf(session.conversation), { timeout: 9_000, interval: 50 })
  return { ...session, customer, line }
}
const customerOf = async (id: string) => {
  const row = await env.DB.prepare('select customer_id from conversations where id = ?').bind(id).first()
  return row === null ? null : String(row['customer_id'])
}
/** Every row of the record that holds this text anywhere, by table. */
async function holding(text: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "select name from sqlite_schema where type = 'table' and name not like '%\\_cf%' escape '\\' and name not like 'sqlite%'",
  ).all<{ name: string }>()
  const held: string[] = []
  for (const { name } of results) {
    const { results: rows } = await env.DB.prepare(`select * from ${name}`).all()
    if (JSON.stringify(rows).includes(text)) held.push(name)
  }
  return held.sort()
}

describe('an export', () => {
  it('LD7 has everything about a person, and nothing of another', async () => {
    const first = await visit('fig')
    await visit('grape')
    const response = await call('GET', `/api/v1/customers/${first.customer}/export`, olga)
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ type }) => type)).toEqual([
      ...['customer', 'identifier', 'conversation'],
      ...['entry', 'entry', 'entry', 'file', 'entry'],
    ])
    expect(lines[0]).toMatchObject({ id: first.customer, name: 'Visitor' })
    expect(JSON.stringify(lines)).not.toContain('grape')
    const { href } = lines.find(({ type }) => type === 'file')
    expect(await (await call('GET', href, olga)).text()).toBe('fig')
    expect((await call('GET', `/api/v1/customers/${first.customer}/export`, { as: memberOf('otto') })).status).toBe(404)
  })
})

describe('an erasure', () => {
  it('LD8 leaves nothing of a person anywhere, and says what it found where', async () => {
    const first = await visit('hazelnut')
    const { customer, conversation } = first
    await vi.waitUntil(async () => (await env.FILES.head(transcriptKey('acme', conversation))) !== null, {
      timeout: 9_000,
    })
    const second = await visit('imbe', { visitor: first.visitor, leaves: false })
    const both = [...new Set([conversation, second.conversation])]
    const path = `/api/v1/customers/${customer}/erasure`
    expect((await call('GET', path, olga)).status).toBe(404)
    const proof = Erasure.parse(await (await call('POST', path, olga)).json())
    expect(proof.done).not.toBeNull()
    expect(proof.requested.by).toBe('olga')
    expect(proof.copies?.until).toBe((proof.done ?? 0) + 30 * 86_400_000)
    expect(proof.found).toMatchObject({
      ...{ identifiers: 1, threads: 1, customers: 1 },
      ...{ conversations: both.length, files: 2 },
    })
    expect(proof.found.entries).toBeGreaterThan(4)
    // What the conveyor still carried has come, and changed nothing.
    await visit('jujube')
    await runDuties(env, Date.now())
    // That it was asked for, and by whom.
    expect(await holding(customer)).toEqual(['audit', 'erasures'])
    for (const word of ['hazelnut', 'imbe']) expect(await holding(word)).toEqual([])
    for (const id of both) {
      expect((await env.FILES.list({ prefix: filesOf('acme', id) })).objects).toEqual([])
      expect(await env.FILES.head(transcriptKey('acme', id))).toBeNull()
      const { entries } = await conversationStub(env, asId('acme'), asId(id)).transcript(0)
      expect(entries.map(({ body }) => body.type)).toEqual(['closed', 'erased'].slice(-entries.length))
    }
    const again = await (await call('POST', path, olga)).json()
    expect(again).toEqual(proof)
    expect(await (await call('GET', path, olga)).json()).toEqual(proof)
    expect((await call('GET', `/api/v1/customers/${customer}/export`, olga)).status).toBe(404)
    // The same browser is somebody new.
    expect((await visit('kiwi', { visitor: first.visitor })).customer).not.toBe(customer)
  })

  it('LD9 goes on by itself when it was cut off', async () => {
    const { customer, conversation } = await visit('lime')
    const found = JSON.stringify({
      ...Object.fromEntries(Object.keys(Erasure.shape.found.shape).map((name) => [name, 0])),
    })
    await env.DB.prepare(
      "insert into erasures (org_id, customer_id, requested_by, requested_at, found, named) values ('acme', ?, 'olga', 0, ?, '[]')",
    )
      .bind(customer, found)
      .run()
    await runDuties(env, Date.now())
    const proof = Erasure.parse(await (await call('GET', `/api/v1/customers/${customer}/erasure`, olga)).json())
    expect(proof.done).not.toBeNull()
    expect(proof.found).toMatchObject({ conversations: 1, files: 1 })
    expect(await holding('lime')).toEqual([])
    expect(await holding(customer)).toEqual(['erasures'])
    expect((await env.FILES.list({ prefix: filesOf('acme', conversation) })).objects).toEqual([])
  })
})
