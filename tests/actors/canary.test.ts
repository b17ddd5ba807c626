/**
 * Nothing of staff reaches a customer. Every field that only staff may read holds a mark; every command there is gets used;
 * and every byte that came to the customer, by socket, poll or HTTP, is searched for the mark.
 */
import { runDurableObjectAlarm } from 'cloudflare:test'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as agentProtocol from '../../core/protocol/agent.ts'
import { ChatSession, PollAnswer } from '../../core/protocol/api.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import * as conversationProtocol from '../../core/protocol/conversation.ts'
import { PublicEntry, PublicView } from '../../core/protocol/conversation.ts'
import { defaultPolicies } from '../../core/protocol/policies.ts'
import { openSession } from '../../worker/auth/sessions.ts'
import { database } from '../../worker/db/client.ts'
import { fetchApi } from './contract.ts'
import { env } from './env.ts'
import { Company, type Console, dial } from './kit/company.ts'
import type { Line } from './kit/line.ts'

const mark = /canary/i
const hour = 3_600_000

const config: ConfigInput = {
  organisation: 'Acme',
  queues: { 'canary-one': { name: 'Canary queue one' }, 'canary-two': { name: 'Canary queue two' } },
  plans: {
    'canary-plan': {
      name: 'Canary plan',
      steps: [
        { after: 0, queues: [{ queue: 'canary-one', need: { skills: { 'canary-skill': 1 } } }], raise: 7 },
        { after: hour, queues: [{ queue: 'canary-two' }], raise: 7 },
      ],
      fallback: { after: 2 * hour, notice: 'Nobody is here' },
    },
  },
  entrances: { chat: 'canary-plan', flows: { chat: 'canary-flow' } },
  flows: {
    'canary-flow': {
      name: 'Canary flow',
      start: 'canary-menu',
      personWords: ['canary person'],
      nodes: {
        'canary-menu': {
          do: 'menu',
          prompt: 'What is it about?',
          options: [{ id: 'order', label: 'My order', words: ['canary word'], next: 'canary-set' }],
          otherwise: 'canary-queue',
        },
        'canary-set': { do: 'set', values: { 'conversation.canary-order': 'Canary 6' }, next: 'canary-queue' },
        'canary-queue': { do: 'queue' },
      },
    },
  },
  agents: {
    'canary-ada': agent('Ada'),
    'canary-ben': agent('Ben'),
  },
  reasons: ['Canary reason'],
  tags: { 'canary-tag': { name: 'Canary tag' } },
  dispositions: { 'canary-end': { name: 'Canary end' } },
  attributes: { conversation: { 'canary-order': { name: 'Canary order', type: 'text' } } },
  widget: { preChat: [{ field: 'name' }] },
  media: {
    chat: { capacity: 4, exclusive: false, wrap: 60_000, wrapMore: 60_000, grace: 60_000 },
    voice: { capacity: 1, exclusive: true, wrap: 0, grace: 10_000 },
  },
}

function agent(name: string) {
  const queues = [{ queue: 'canary-one' }, { queue: 'canary-two' }]
  return { name, queues, skills: { 'canary-skill': 3 } }
}

/** Everything that came to the customer, and where from. */
const heard: { from: string; text: string }[] = []
const lines: Line[] = []
/** Commands that were given, as `<whose> <name>`. */
const given = new Set<string>()
/** All that was said in this life, as staff read it. */
const kept: conversationProtocol.StaffEntry[] = []

let acme: Company
let session: ChatSession

beforeAll(async () => {
  acme = await Company.found('acme', config)
  await env.DB.prepare("insert into organisations (id, name, created_at) values ('acme', 'Acme', 0)").run()
  const member =
    "insert into staff (org_id, id, email, name, role, password_hash, created_at) values ('acme', ?, ?, 'Ben', 'agent', '', 0)"
  await env.DB.prepare(member).bind('canary-ben', 'canary@acme.example').run()
})
afterAll(() => {
  vi.useRealTimers()
})

function later(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + ms)
}

async function order(line: Line, whose: 'customer' | 'staff' | 'agent', name: string, body: object) {
  given.add(`${whose} ${name}`)
  return vi.waitUntil(async () => {
    const answer = await line.command(name, body)
    // Somebody else is asked first: whether that is an agent.
    return answer.t === 'refused' && answer.error.code === 'not_ready' ? null : answer
  })
}

/** The chat's entrance, over HTTP. */
async function enter(body: object, organisation = 'acme') {
  const address = `https://parley.example/channels/chat/${organisation}/session`
  const request = { command: crypto.randomUUID(), ...body }
  const headers = { origin: 'https://shop.example', 'content-type': 'application/json' }
  const response = await fetchApi(new Request(address, { method: 'POST', headers, body: JSON.stringify(request) }))
  const text = await response.text()
  heard.push({ from: 'entrance', text: `${JSON.stringify([...response.headers])} ${text}` })
  return text
}

/** What the customer shows for its files and polls. */
async function ticketed(): Promise<Record<string, string>> {
  const { ticket } = ChatSession.parse(JSON.parse(await enter({ visitor: session.visitor })))
  return { authorization: `Bearer ${ticket}` }
}

/** A file, sent or asked for; the answer as it came. */
async function file(method: 'GET' | 'PUT', id: string, query: object, headers: Record<string, string>) {
  const about = { name: `${id}.txt`, media: 'text/plain', size: `${id.length}`, ...query }
  const asked = method === 'GET' ? '' : `?${new URLSearchParams(about)}`
  const address = `https://parley.example/files/${session.conversation}/${id}${asked}`
  const sent = { 'content-type': 'application/octet-stream', origin: 'https://parley.example', ...headers }
  const body = method === 'GET' ? null : id
  const response = await fetchApi(new Request(address, { method, headers: sent, body }))
  const text = `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`
  expect(text).toMatch(/^200 /)
  return text
}

/** Both sides send a file, and the customer looks at both. */
async function sendFiles(lease: number): Promise<void> {
  const cookie =
    (
      await openSession(
        database(env.DB),
        { org: 'acme', id: 'canary-ben', policy: defaultPolicies.session, mustEnrol: false },
        Date.now(),
      )
    ).split(';')[0] ?? ''
  await file('PUT', 'of-the-agent', { lease }, { cookie })
  const customer = await ticketed()
  heard.push({ from: 'sent file', text: await file('PUT', 'of-the-customer', {}, customer) })
  for (const id of ['of-the-agent', 'of-the-customer'])
    heard.push({ from: 'file', text: await file('GET', id, {}, customer) })
}

async function tab(resume?: { epoch: string; seq: number }): Promise<Line> {
  const { conversation, visitor } = session
  const { ticket } = ChatSession.parse(JSON.parse(await enter({ visitor })))
  const line = await dial(`/connect/conversation/${conversation}`, `parley.v1, ticket.${ticket}`)
  lines.push(line)
  await line.hello(resume)
  return line
}

async function poll(frames: object[]) {
  const { conversation } = session
  const headers = { ...(await ticketed()), 'content-type': 'application/json' }
  const body = JSON.stringify({ frames: [{ t: 'hello', v: 1, client: 'client-poll' }, ...frames], wait: 0 })
  const address = `https://parley.example/poll/conversation/${conversation}`
  const response = await fetchApi(new Request(address, { method: 'POST', headers, body }))
  const text = await response.text()
  heard.push({ from: 'poll', text })
  return PollAnswer.safeParse(JSON.parse(text))
}

async function ready(who: Console): Promise<void> {
  await order(who.line, 'agent', 'presence', { presence: 'available' })
}
async function away(who: Console): Promise<void> {
  await order(who.line, 'agent', 'presence', { presence: 'away', reason: 'Canary reason' })
}
const ring = (stub: Parameters<typeof runDurableObjectAlarm>[0]) => runDurableObjectAlarm(stub)
const statusIs = (line: Line, status: string) =>
  line.until(() => (Object(line.view).status === status ? true : undefined))

/** A contact's life with everything in it. */
async function live(): Promise<Line> {
  session = ChatSession.parse(JSON.parse(await enter({})))
  const { conversation } = session
  const [mia, other] = [await tab(), await tab()]
  const sam = await acme.connect('conversation', conversation, acme.staff('canary-sam', 'supervisor'))
  await sam.hello()
  mia.send({ t: 'typing', on: true })
  await order(mia, 'customer', 'introduce', { fields: { name: 'Mia' } })
  await order(mia, 'customer', 'set-attributes', { attributes: {} })
  await order(mia, 'customer', 'post', { text: 'Hello' })
  await order(mia, 'customer', 'post', { text: 'That', chosen: { entry: 2, id: 'order' } })
  await ring(acme.queue('canary-one'))
  await mia.until(() => (Object(mia.view).place === 1 ? true : undefined))

  // Declined by one, taken by another; in between everything that one can do to a conversation.
  const ada = await acme.console('canary-ada')
  given.add('agent presence')
  const rung = await ada.item(conversation, 'ringing')
  const refusal = { conversation, lease: rung.lease, reason: 'Canary says no' }
  await order(ada.line, 'agent', 'decline', refusal)
  await away(ada)
  const ben = await acme.console('canary-ben')
  await order(ben.line, 'agent', 'capacity', { medium: 'chat', units: 3 })
  given.add('agent accept')
  let lease = await ben.accept(conversation)
  const desk = await ben.look(conversation)
  await order(desk, 'staff', 'note', { text: 'Canary note' })
  // By another line: each may give so many commands in five seconds.
  sam.send({ t: 'here', on: true, writing: 'note' })
  await order(sam, 'staff', 'draft', { kind: 'note', text: 'Canary draft' })
  await order(sam, 'staff', 'note', { text: 'Canary, @Ada', mentions: ['canary-ada'] })
  const named = (event: { body: unknown }) => Object(event.body).key === `mention/${conversation}`
  const { body } = await ada.line.until(() => ada.line.events.find(named))
  await order(ada.line, 'agent', 'see-mention', { conversation, entry: Object(body).entry })
  await order(desk, 'staff', 'post', { text: 'Good morning', lease })
  await sendFiles(lease)
  desk.send({ t: 'typing', on: true })
  desk.send({ t: 'mark', delivered: 3, read: 3 })
  await order(desk, 'staff', 'history', { before: 99 })
  await order(desk, 'staff', 'tag', { add: ['canary-tag'] })
  await order(desk, 'staff', 'tag', { remove: ['canary-tag'] })
  await order(desk, 'staff', 'describe', { attributes: { 'canary-order': 'Canary 7' } })
  await order(desk, 'staff', 'dispose', { disposition: 'canary-end' })
  await order(desk, 'staff', 'snooze', { lease, until: Date.now() + hour })
  await order(sam, 'staff', 'wake', {})
  lease = await ben.accept(conversation)
  await mia.until(() => (Object(mia.view).marks.staff.read === 3 ? true : undefined))
  mia.send({ t: 'mark', delivered: 3, read: 3 })
  await ready(ada)
  // In private, beside the talk; and handed over, but taken back.
  await order(desk, 'staff', 'hold', { lease })
  await order(desk, 'staff', 'consult', { lease, agent: 'canary-ada', note: 'Canary question' })
  await ada.accept(conversation)
  const advice = await order(await ada.look(conversation), 'staff', 'note', { text: 'Canary advice' })
  const mistake = await order(desk, 'staff', 'post', { text: 'What was meant for somebody else', lease })
  for (const said of [advice, mistake])
    await order(sam, 'staff', 'remove', { entry: Object(said.t === 'reply' ? said.value : {}).seq, why: 'mistaken' })
  await order(desk, 'staff', 'hold', { lease })
  await order(desk, 'staff', 'end-consult', { lease })
  await order(desk, 'staff', 'resume', { lease })
  await ada.line.until(() => (ada.rows().has(`item/${conversation}`) ? undefined : true))
  await order(desk, 'staff', 'transfer', { lease, agent: 'canary-ada', warm: true, note: 'Canary word' })
  // Rung and taken back: else the next acceptance might be of this ring.
  await ada.item(conversation, 'ringing')
  await order(desk, 'staff', 'pull-back', {})
  await ada.without(conversation)
  await order(desk, 'staff', 'transfer', { lease, queue: 'canary-two', warm: true, note: 'Canary word' })
  lease = await ada.accept(conversation)
  await away(ada)
  await order(sam, 'staff', 'assign', { agent: 'canary-ben', force: true })
  lease = await ben.accept(conversation)
  await away(ben)
  await order(desk, 'staff', 'transfer', { lease, queue: 'canary-one', warm: false })
  await order(ben.line, 'agent', 'extend', { conversation })
  await order(ben.line, 'agent', 'finish', { conversation })
  await statusIs(mia, 'waiting')

  // Lost with its console. Who is still at the after-work of a contact is not asked for it again.
  await order(ada.line, 'agent', 'finish', { conversation })
  await ready(ada)
  await ada.accept(conversation)
  ada.line.socket.close(1000)
  await ada.line.closed
  later(61_000)
  await ring(acme.agent('canary-ada'))
  await statusIs(mia, 'waiting')

  // Overflow, fallback, and a new search.
  later(hour)
  await ring(acme.conversation(conversation))
  later(hour)
  await ring(acme.conversation(conversation))
  await statusIs(mia, 'fallback')
  const resumed = await tab()
  await order(resumed, 'customer', 'post', { text: 'Still here' })
  const again = await acme.console('canary-ben')
  lease = await again.accept(conversation)
  const table = await again.look(conversation)
  await order(table, 'staff', 'close', { lease })
  await statusIs(mia, 'closed')
  await order(mia, 'customer', 'rate', { rating: 4, comment: 'Fine' })
  await order(mia, 'customer', 'post', { text: 'One more thing' })
  await order(mia, 'customer', 'leave', {})
  await order(mia, 'customer', 'leave-message', { text: 'Call me', name: 'Mia', email: 'mia@example.org' })
  await order(mia, 'customer', 'leave', {})
  await statusIs(other, 'closed')
  await order(table, 'staff', 'note', { text: 'Canary afterthought' })
  return mia
}

/** The talk goes on in a second conversation, which is merged, parted again and split. */
async function rearrange(next: ChatSession): Promise<void> {
  const first = session
  session = next
  const mia = await tab()
  const sam = await acme.connect('conversation', next.conversation, acme.staff('canary-sam', 'supervisor'))
  await sam.hello()
  await order(mia, 'customer', 'post', { text: 'Once more' })
  const wasTold = (type: string) =>
    sam.until(() => (sam.events.some(({ body }) => Object(body).body.type === type) ? true : undefined))
  const goesOnIn = (id: string | null) => mia.until(() => (Object(mia.view).next === id ? true : undefined))
  await order(sam, 'staff', 'merge', { into: '0000' })
  await wasTold('not-merged')
  await order(sam, 'staff', 'merge', { into: first.conversation })
  await goesOnIn(first.conversation)
  await order(sam, 'staff', 'unmerge', {})
  await goesOnIn(null)
  const split = await order(sam, 'staff', 'split', { from: 1 })
  const third = split.t === 'reply' ? String(Object(split.value).conversation) : ''
  await goesOnIn(third)
  const [one, two] = [first.conversation, next.conversation]
  kept.push(...(await Promise.all([one, two, third].map(entriesOf))).flat())
  session = { ...next, conversation: third }
}

/** What is refused, is refused without a word of staff. */
async function refuse(mia: Line): Promise<void> {
  for (const name of ['note', 'close', 'transfer', 'assign', 'presence', 'nonsense']) {
    const answer = await mia.command(name, { lease: 1, queue: 'x', agent: 'x', force: true, text: 'x' })
    expect(answer.t).toBe('refused')
  }
  await mia.command('post', { text: '' })
  mia.send({ t: 'dance' })
  await enter({ visitor: 'nonsense', user: 'nonsense' })
  await enter({ command: '' })
  await enter({}, 'nobody')
  await poll([{ t: 'cmd', id: 'poll-command', name: 'note', body: { text: 'x' } }])
}

/** Another conversation of the same person, erased while its customer looks on. */
async function erase(): Promise<void> {
  const line = await tab()
  await order(line, 'customer', 'post', { text: 'Forget me' })
  const staff = await acme.connect('conversation', session.conversation, acme.staff('canary-sam', 'supervisor'))
  await staff.hello()
  await order(staff, 'staff', 'note', { text: 'Canary last note' })
  await acme.conversation(session.conversation).erase('request')
  await line.untilHeard('erased')
}

/** Every way to read what was before. */
async function readAll(mia: Line): Promise<void> {
  await order(mia, 'customer', 'history', { before: 999 })
  const [first] = mia.frames
  if (first?.t !== 'welcome') throw new Error('no welcome')
  await tab({ epoch: first.epoch, seq: 0 })
  await tab({ epoch: 'another', seq: 0 })
  const polled = await poll([])
  expect(polled.success).toBe(true)
}

/** All entries of a conversation as staff read them, the newest first. */
async function entriesOf(conversation: string): Promise<conversationProtocol.StaffEntry[]> {
  const staff = await acme.connect('conversation', conversation, acme.staff('canary-sam', 'supervisor'))
  await staff.hello()
  const all: conversationProtocol.StaffEntry[] = []
  for (let before = 10_000; before > 1; before = all.at(-1)?.seq ?? 1) {
    const answer = await staff.command('history', { before })
    if (answer.t !== 'reply') throw new Error('no history')
    const page: unknown[] = Object(answer.value).entries
    all.push(...page.map((entry) => conversationProtocol.StaffEntry.parse(entry)).reverse())
    if (page.length === 0) break
  }
  return all
}

describe('a customer', () => {
  let all: string[]

  beforeAll(async () => {
    const mia = await live()
    await refuse(mia)
    await readAll(mia)
    // Too late for coming back: the next one, which the last one points to.
    later(2 * hour)
    const next = ChatSession.parse(JSON.parse(await enter({ visitor: session.visitor })))
    expect(next.conversation).not.toBe(session.conversation)
    await mia.until(() => (Object(mia.view).next === next.conversation ? true : undefined))
    const first = session
    await rearrange(next)
    await erase()
    session = first
    const stranger = await acme.connect('agent', 'canary-ada', acme.customerOf(session.conversation, 'x'))
    lines.push(stranger)
    heard.push({ from: 'close', text: JSON.stringify(await stranger.closed) })
    all = [...heard.map(({ text }) => text), ...lines.flatMap((line) => line.heard)]
  }, 30_000)

  it('CV3: hears no mark of staff, whatever was done, by socket, poll or HTTP', () => {
    expect(all.length).toBeGreaterThan(50)
    expect(all.filter((text) => mark.test(text))).toEqual([])
    // What is signed is not hidden.
    const tokens = all.flatMap((text) => text.match(/eyJ[\w-]+\.[\w-]+/g) ?? [])
    expect(tokens.length).toBeGreaterThan(5)
    for (const token of tokens) {
      const claims = token.split('.').map((part) => atob(part.replaceAll('-', '+').replaceAll('_', '/')))
      expect(claims.filter((text) => mark.test(text))).toEqual([])
    }
  })

  it('CV3: gets entries and views of exactly the public shape, with no field more', () => {
    const views = lines
      .slice(0, -1)
      .flatMap(({ frames }) => frames.flatMap((each) => (each.t === 'view' ? [each.body] : [])))
    const entries = lines.flatMap(({ events }) => events.map(({ body }) => body))
    expect(views.length).toBeGreaterThan(10)
    for (const view of views) expect(PublicView.parse(view)).toEqual(view)
    for (const entry of entries) expect(PublicEntry.parse(entry)).toEqual(entry)
    const said = new Set(entries.map((entry) => PublicEntry.parse(entry).body.type))
    const kinds = PublicEntry.shape.body.def.options.map((option) => option.shape.type.def.values[0])
    expect([...said].sort()).toEqual([...kinds].sort())
  })

  it('CV3: was kept in the dark about every kind of thing that only staff may read', () => {
    const said = new Set<string | undefined>(kept.map(({ body }) => body.type))
    const kinds = conversationProtocol.PrivateBody.def.options.map((option) => option.shape.type.def.values[0])
    expect(kinds.filter((kind) => !said.has(kind))).toEqual([])
    expect(JSON.stringify(kept)).toMatch(/Canary note.*Canary says no|Canary says no.*Canary note/)
  })

  it('CV3: was there when every command was given that there is', () => {
    const commands = (
      whose: string,
      schema: { def: { options: readonly { shape: { name: { def: { values: string[] } } } }[] } },
    ) => schema.def.options.map((option) => `${whose} ${option.shape.name.def.values[0]}`)
    const known = [
      ...commands('customer', conversationProtocol.CustomerCommand),
      ...commands('staff', conversationProtocol.StaffCommand),
      ...commands('agent', agentProtocol.AgentCommand),
    ]
    expect([...given].sort()).toEqual(known.sort())
    // Who adds a kind of command adds it here.
    const kinds = [...Object.keys(conversationProtocol), ...Object.keys(agentProtocol)].filter((name) =>
      /Command$/.test(name),
    )
    expect(kinds.sort()).toEqual(['AgentCommand', 'CustomerCommand', 'StaffCommand'])
  })
})
