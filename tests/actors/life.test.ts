/** The life of what was said, in the runtime: record, transcript, window, and the end. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { termsOf } from '../../core/text/query.ts'
import { findEntries, newest } from '../../worker/db/search.ts'
import { windowMs } from '../../worker/db/window.ts'
import { runDuties } from '../../worker/duties.ts'
import { fileKey, filesOf } from '../../worker/files/keys.ts'
import { Transcript, transcriptKey } from '../../worker/life/transcripts.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'

let acme: Company
beforeAll(async () => {
  acme = await Company.found('acme')
})

const until = <T>(look: () => Promise<T | null | undefined | false>) =>
  vi.waitUntil(look, { timeout: 9_000, interval: 50 })
const rows = async (table: string, id: string) =>
  (await env.DB.prepare(`select count(*) as n from ${table} where conversation_id = ?`).bind(id).first<{ n: number }>())
    ?.n
const rowOf = (id: string) => env.DB.prepare('select * from conversations where id = ?').bind(id).first()
const transcriptOf = async (id: string) => {
  const object = await env.FILES.get(transcriptKey('acme', id))
  return object === null ? null : Transcript.parse(await object.json())
}
const found = (word: string) => findEntries(env.SEARCH, 'acme', termsOf(word), newest, 10)

/** A customer writes, sends a file, and leaves. */
async function talk(customer: string, word: string) {
  const { conversation, line } = await acme.visitor(customer)
  await line.command('post', { text: `I say ${word}` })
  await env.FILES.put(fileKey('acme', conversation, 'a-file'), word)
  const said = () => until(async () => (await found(word)).length > 0)
  return { conversation, line, said }
}

describe('a closed conversation', () => {
  it('LD5 has a transcript, and a newer one when it was opened again', async () => {
    const { conversation, line } = await talk('mia', 'apricot')
    await line.command('leave', {})
    const first = await until(() => transcriptOf(conversation))
    expect(first.entries.map(({ body }) => body.type)).toEqual(['message', 'waiting', 'closed'])
    expect(first.conversation).toMatchObject({ id: conversation, customer: 'mia', status: 'closed', entries: 3 })
    await line.command('post', { text: 'One more thing' })
    await line.command('leave', {})
    const second = await until(async () => {
      const now = await transcriptOf(conversation)
      return now !== null && now.conversation.version > first.conversation.version && now
    })
    expect(second.entries.map(({ seq }) => seq)).toEqual(second.entries.map((_, n) => n + 1))
    expect(second.entries.slice(0, 3)).toEqual(first.entries)
  })

  it('LD6 leaves the record when the window is over, and stays in its transcript', async () => {
    const { conversation, line, said } = await talk('noah', 'blueberry')
    await line.command('leave', {})
    await said()
    const kept = await until(() => transcriptOf(conversation))
    await until(async () => (await rows('entries', conversation)) === kept.entries.length)
    await runDuties(env, Date.now() + windowMs - 60_000)
    expect(await rows('entries', conversation)).toBe(kept.entries.length)
    await runDuties(env, Date.now() + windowMs)
    expect(await rows('entries', conversation)).toBe(0)
    expect(await found('blueberry')).toEqual([])
    expect(await rowOf(conversation)).toMatchObject({ customer_id: 'noah', status: 'closed' })
    expect(await transcriptOf(conversation)).toEqual(kept)
  })
})

describe('a conversation whose time is over', () => {
  it('LD3 leaves no word, file, row or search token, only a tombstone', async () => {
    const { conversation, line, said } = await talk('zoe', 'cranberry')
    await line.command('leave', {})
    await said()
    await until(() => transcriptOf(conversation))
    const actor = acme.conversation(conversation)
    await runInDurableObject(actor, ({ actor }) => {
      // Its last word lies two years back.
      const { talk, life } = actor.state
      const closed = { at: 0, by: 'customer' as const, reopenUntil: 0 }
      actor.decide(() => {
        talk.patch({ closed })
        life.patch({ until: Date.now() })
      })
    })
    await runDurableObjectAlarm(actor)
    await until(async () => (await rowOf(conversation))?.['erased_why'] === 'retention')
    await until(async () => (await rows('errands', conversation)) === 0)
    expect(await rowOf(conversation)).toMatchObject({ customer_id: '', customer_name: '', status: 'closed' })
    for (const table of ['entries', 'segments', 'uploads'])
      expect([table, await rows(table, conversation)]).toEqual([table, 0])
    expect(await found('cranberry')).toEqual([])
    expect((await env.FILES.list({ prefix: filesOf('acme', conversation) })).objects).toEqual([])
    expect(await transcriptOf(conversation)).toBeNull()
    expect(await actor.admits(acme.customerOf(conversation, 'zoe'))).toMatchObject({ ok: false })
    // The same person begins anew.
    expect(await acme.enter('zoe')).not.toBe(conversation)
  })

  it('LD4 is not brought back by what the conveyor still carries', async () => {
    const { conversation, line, said } = await talk('ivy', 'damson')
    await said()
    const { entries } = await acme.conversation(conversation).transcript(0)
    await line.command('leave', {})
    await acme.conversation(conversation).erase('request')
    await until(async () => (await rowOf(conversation))?.['erased_why'] === 'request')
    await until(async () => (await rows('errands', conversation)) === 0)
    const records = entries.map((entry) => ({ type: 'entry' as const, org: 'acme', conversation, entry }))
    await env.PROJECTION.send({ records })
    await env.INDEXING.send({ records })
    const { said: later } = await talk('later', 'elderberry')
    await later()
    expect(await rows('entries', conversation)).toBe(0)
    expect(await found('damson')).toEqual([])
  })
})
