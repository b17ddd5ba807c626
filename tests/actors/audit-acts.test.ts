/** What staff do to what is not their own, by socket and by POST: each act in the audit once, and nothing of one's own work. */
import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { address, asId } from '../../core/ids.ts'
import { type Act, AuditList } from '../../core/protocol/administration.ts'
import { Ticket } from '../../core/protocol/api.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { env } from './env.ts'
import { Company, type Console, dial } from './kit/company.ts'
import type { Line } from './kit/line.ts'

let acme: Company
let ada: Console
beforeAll(async () => {
  await found()
  acme = await Company.found('acme', { ...configOf('acme'), tags: { vip: { name: 'VIP' } } })
  ada = await acme.console('ada')
})

const olga = { as: memberOf('olga') }
async function actsOn(object: string): Promise<Act[]> {
  return AuditList.parse(await (await call('GET', `/api/v1/audit?object=${object}`, olga)).json()).items
}
/** Waits until the newest act on this object is such a one; all of them, oldest first. */
const heard = async (object: string, action: string) =>
  (
    await vi.waitUntil(
      async () => {
        const acts = await actsOn(object)
        return acts[0]?.action === action ? acts : null
      },
      { timeout: 9_000, interval: 50 },
    )
  ).toReversed()

const post = (who: string, path: string, name: string, body: object, id = crypto.randomUUID()) =>
  call('POST', `/api/v1/${path}/commands`, { as: memberOf(who), body: { id, name, body } })

/** A socket as the console opens one. */
async function socket(who: string, kind: string, id: string): Promise<Line> {
  const asked = await call('POST', '/api/v1/tickets', { as: memberOf(who), body: { kind, id } })
  const { ticket } = Ticket.parse(await asked.json())
  const line = await dial(`/connect/${kind}/${id}`, `parley.v1, ticket.${ticket}`)
  await line.hello()
  return line
}

/** Says it until the conversation has asked Book. */
const said = (line: Line, name: string, body: object) =>
  vi.waitUntil(async () => {
    const answer = await line.command(name, body)
    return answer.t === 'refused' && answer.error.code === 'not_ready' ? null : answer
  })

async function talk(customer: string) {
  const { conversation, line } = await acme.visitor(customer)
  await line.command('post', { text: 'a secret' })
  const lease = await ada.accept(conversation)
  return { conversation, line, lease }
}

describe('what a supervisor does', () => {
  it('AU5 to an agent by POST stands there with before, after and from where, once for a command', async () => {
    const id = crypto.randomUUID()
    const away = () => post('sam', 'agents/ben', 'presence', { presence: 'busy' }, id)
    expect([(await away()).status, (await away()).status]).toEqual([200, 200])
    // Nothing changes by it any more.
    expect((await post('sam', 'agents/ben', 'presence', { presence: 'busy' })).status).toBe(200)
    expect((await post('cyd', 'agents/ben', 'presence', { presence: 'away' })).status).toBe(403)
    expect((await post('sam', 'agents/ben', 'capacity', { medium: 'chat', units: 7 })).status).toBe(200)
    const [first, second, ...more] = await heard('ben', 'agent.capacity')
    expect(first).toMatchObject({
      by: { id: 'sam', role: 'supervisor', team: 'north' },
      action: 'agent.presence',
      object: { kind: 'agent', id: 'ben' },
      before: { presence: 'offline' },
      after: { presence: 'busy' },
    })
    expect(first?.from?.request).toMatch(/./)
    expect(second?.after).toEqual({ capacity: { chat: 7, voice: 1, video: 1, message: 6, mail: 6 } })
    expect(more).toEqual([])
  })

  it('AU5 to a conversation by its socket stands there, and no word of anybody', async () => {
    const { conversation } = await talk('au5-socket')
    const line = await socket('sam', 'conversation', conversation)
    const id = 'a-note-of-sam'
    for (const _ of [1, 2]) await line.command('note', { text: 'a secret' }, id)
    await line.command('history', { before: 100 })
    expect(await said(line, 'tag', { add: ['vip'], remove: [] })).toMatchObject({ t: 'reply' })
    expect(await said(line, 'assign', { agent: 'ben', force: true })).toMatchObject({ t: 'reply' })
    const acts = await heard(conversation, 'conversation.assign')
    expect(acts.map(({ action }) => action)).toEqual(['note', 'tag', 'assign'].map((name) => `conversation.${name}`))
    expect(acts[1]).toMatchObject({ before: { tags: [] }, after: { tags: ['vip'] }, by: { id: 'sam' } })
    expect(acts[2]).toMatchObject({ before: { offered: null }, after: { offered: 'ben', force: true } })
    expect(acts[2]?.from?.address).toEqual(expect.any(String))
    expect(JSON.stringify(acts)).not.toContain('secret')
  })

  it('AU5 is there once, whenever the actor dies', async () => {
    const agent = env.AGENT.getByName(address(asId('acme'), 'agent', asId('ben')))
    const set = async (units: number) =>
      expect((await post('max', 'agents/ben', 'capacity', { medium: 'voice', units })).status).toBe(200)
    await set(2)
    // Committed, and not told yet.
    await evictDurableObject(agent)
    await runDurableObjectAlarm(agent)
    // Told, and not sure yet: the next life tells it again.
    await evictDurableObject(agent)
    await runDurableObjectAlarm(agent)
    await evictDurableObject(agent)
    await set(3)
    const voices = async () =>
      (await actsOn('ben')).flatMap(({ by, after }) => (by.id === 'max' ? [Object(after).capacity.voice] : []))
    await vi.waitUntil(async () => (await voices()).includes(3), { timeout: 9_000, interval: 50 })
    expect(await voices()).toEqual([3, 2])
  })
})

describe('what somebody does to their own', () => {
  it('AU5 stands there not', async () => {
    const { conversation, lease } = await talk('au5-own')
    for (const [name, body] of [
      ['tag', { add: ['vip'], remove: [] }],
      ['note', { text: 'mine' }],
      ['close', { lease }],
    ] as const) {
      expect((await post('ada', `conversations/${conversation}`, name, body)).status).toBe(200)
    }
    expect((await post('ada', 'agents/ada', 'capacity', { medium: 'chat', units: 3 })).status).toBe(200)
    // What comes after it by the same way has come.
    expect((await post('max', `conversations/${conversation}`, 'note', { text: 'closed' })).status).toBe(200)
    expect((await post('max', 'agents/ada', 'capacity', { medium: 'chat', units: 4 })).status).toBe(200)
    expect((await heard(conversation, 'conversation.note')).map(({ by }) => by.id)).toEqual(['max'])
    expect((await heard('ada', 'agent.capacity')).map(({ by }) => by.id)).toEqual(['max'])
  })
})
