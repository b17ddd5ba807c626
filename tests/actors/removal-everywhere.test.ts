/** LD12: whatever somebody can write about a conversation can be taken away, and is nowhere then. */
import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { hasWords } from '../../core/conversation/words.ts'
import { AgentCommand } from '../../core/protocol/agent.ts'
import { CustomerCommand, StaffCommand } from '../../core/protocol/conversation.ts'
import { runDuties } from '../../worker/duties.ts'
import { transcriptKey } from '../../worker/life/transcripts.ts'
import { textsIn } from '../support/text-fields.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { env } from './env.ts'
import { Company, type Console } from './kit/company.ts'
import type { Line } from './kit/line.ts'

const word = 'quince'
/** What names something that there is. */
const named = /body\.(disposition|queue|agent|into|conversation)$|body\.(add|remove|mentions)\[\]$|<key>$/

/** Why an agent is away is said of no conversation; what somebody has begun to write is theirs alone to empty. */
const ofPeople = ['presence reason', 'draft text']

let acme: Company
beforeAll(async () => {
  await found()
  const media = {
    chat: { capacity: 10, exclusive: false, wrap: 60_000, grace: 60_000 },
    voice: { capacity: 1, exclusive: true, wrap: 0, grace: 10_000 },
  }
  const text = (name: string) => ({ name, type: 'text' as const })
  const attributes = {
    conversation: { ward: text('Ward') },
    customer: { company: text('Company'), town: text('Town') },
  }
  const widget = { preChat: [{ field: 'customer.company' }] }
  acme = await Company.found('acme', { ...configOf('acme'), media, attributes, widget })
})

/** The fields through which somebody's words come in, as the schemas have them; a new one must be written below. */
const fields = () =>
  [CustomerCommand, StaffCommand, AgentCommand].flatMap((commands) => {
    const { oneOf = [] } = z.toJSONSchema(commands, { io: 'input', unrepresentable: 'any' })
    return oneOf.flatMap((command) => {
      const printed = JSON.parse(JSON.stringify(command))
      const texts = textsIn(printed, {}).filter((path) => !named.test(path))
      return texts.map((path) => `${printed.properties.name.const} ${path.replace(/^body\./, '')}`)
    })
  })

const written = new Set<string>()
/** Says it with the word in these fields, again as long as somebody has to be asked first. */
async function write(line: Line, name: string, body: object, texts: object): Promise<void> {
  for (const field of Object.keys(texts))
    written.add(`${name} ${field}${{ attributes: '.*', fields: '.*', choices: '[].label' }[field] ?? ''}`)
  await vi.waitUntil(async () => (await line.command(name, { ...body, ...texts })).t === 'reply', { timeout: 5_000 })
}

it('LD10, LD12: every word that can be written is taken away, wherever it stands', async () => {
  const [ada, ben] = [await acme.console('ada'), await acme.console('ben')]
  const { conversation, line: mia } = await acme.visitor('mia')
  await write(mia, 'introduce', {}, { fields: { 'customer.company': word } })
  await write(mia, 'set-attributes', {}, { attributes: { town: word } })
  await write(mia, 'post', {}, { text: word })
  const rung = async (one: Console) => {
    await one.item(conversation, 'ringing')
    return one
  }
  const first = await Promise.race([ada, ben].map(rung))
  const second = first === ada ? ben : ada
  const offer = await first.item(conversation, 'ringing')
  await write(first.line, 'decline', { conversation, lease: offer.lease }, { reason: `${word}!`, word })
  const lease = await second.accept(conversation)
  const desk = await second.look(conversation)
  await write(desk, 'post', { lease }, { text: word, choices: [{ id: 'yes', label: word }] })
  await write(desk, 'note', {}, { text: word })
  await write(desk, 'describe', {}, { attributes: { ward: word } })
  await write(desk, 'consult', { lease, agent: first.id }, { note: word })
  await rung(first)
  await desk.command('end-consult', { lease })
  await first.without(conversation)
  await write(desk, 'transfer', { lease, agent: first.id, warm: false }, { note: word })
  const taken = await first.accept(conversation)
  const last = await first.look(conversation)
  await removeAll(conversation)
  await first.line.until(() =>
    JSON.stringify(first.rows().get(`item/${conversation}`)).includes(word) ? undefined : true,
  )
  await last.command('close', { lease: taken })
  await write(mia, 'rate', { rating: 4 }, { comment: word })
  await write(mia, 'leave-message', { email: `${word}@example.com` }, { text: word, name: word })
  await mia.command('leave', {})
  expect(fields().filter((field) => !written.has(field) && !ofPeople.includes(field))).toEqual([])
  await removeAll(conversation)
  await mia.until(() => (JSON.stringify(mia.view).includes(word) ? undefined : true))

  const transcript = async () => (await env.FILES.get(transcriptKey('acme', conversation)))?.text()
  await vi.waitUntil(
    async () => {
      await runDuties(env, Date.now() + 3_600_000)
      const text = await transcript()
      return text !== undefined && !text.includes(word) && !(await recorded(conversation)).includes(word)
    },
    { timeout: 9_000, interval: 100 },
  )
  const actors = [acme.conversation(conversation), acme.agent('ada'), acme.agent('ben'), acme.queue('acme-sales')]
  for (const actor of actors) {
    const kept = await runInDurableObject(actor, (_, { storage }) => {
      const tables = ['entries', 'state', 'commands', 'outbox'] as const
      return tables.map((table) => storage.sql.exec(`select * from ${table}`).toArray())
    })
    expect(JSON.stringify(kept)).not.toContain(word)
  }
})

/** Of all entries with words in them. */
async function removeAll(conversation: string): Promise<void> {
  const { entries } = await acme.conversation(conversation).transcript(0)
  for (const { seq } of entries.filter(({ body }) => hasWords(body))) {
    const body = { id: crypto.randomUUID(), name: 'remove', body: { entry: seq, why: 'personal' } }
    const answer = await call('POST', `/api/v1/conversations/${conversation}/commands`, { as: memberOf('sam'), body })
    expect(answer.status).toBe(200)
  }
}

/** What the record holds of it. */
async function recorded(conversation: string): Promise<string> {
  const of = (table: string) =>
    env.DB.prepare(`select * from ${table} where conversation_id = ?`).bind(conversation).all()
  const own = env.DB.prepare('select * from conversations where id = ?').bind(conversation).all()
  const all = [await of('entries'), await of('segments'), await own, await env.DB.prepare('select * from audit').all()]
  return JSON.stringify(all.map(({ results }) => results))
}
