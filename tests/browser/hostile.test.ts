/** Hostile words by way of every field that takes a text, on every screen there is, and in every file that is taken along. */
import { SignJWT } from 'jose'
import type { APIResponse, Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ChatSession, PollAnswer } from '../../core/protocol/api.ts'
import { widgetSecret } from '../../worker/auth/keys.ts'
import { heldFetch } from '../support/held-fetch.ts'
import { Agent } from './kit/agent.ts'
import { hostileConfig, Words } from './kit/corpus.ts'
import { askAs } from './kit/held-answers.ts'
import { planted } from './kit/plants.ts'
import { Stage, startBrowser } from './kit/stage.ts'
import { strikes, watch } from './kit/strikes.ts'

const company = 'w54'
const words = new Words(3)

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

type Field = (typeof planted)[number]
const done = new Set<Field>()
/** A hostile text, which now stands in these fields. */
function into(...fields: Field[]): string {
  for (const field of fields) done.add(field)
  return words.label()
}

/** A customer without a browser: the shop's word, and the frames of a socket by POST. */
class Writer {
  readonly #origin: string
  readonly session: ChatSession

  private constructor(origin: string, session: ChatSession) {
    this.#origin = origin
    this.session = session
  }

  static async enter(origin: string, user?: string): Promise<Writer> {
    const body = JSON.stringify({ command: crypto.randomUUID(), ...(user === undefined ? {} : { user }) })
    const answer = await heldFetch(`${origin}/channels/chat/${company}/session`, { method: 'POST', body })
    return new Writer(origin, ChatSession.parse(await answer.json()))
  }

  async command(name: string, body: object): Promise<void> {
    const frames = [
      { t: 'hello', v: 1, client: 'client-0001' },
      { t: 'cmd', id: crypto.randomUUID(), name, body },
    ]
    const path = `/poll/conversation/${this.session.conversation}`
    const answer = await this.ask('POST', path, JSON.stringify({ frames, wait: 0 }))
    expect(PollAnswer.parse(await answer.json()).frames).toContainEqual(expect.objectContaining({ t: 'reply' }))
  }

  async ask(method: string, path: string, body: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.session.ticket}` }
    const answer = await heldFetch(`${this.#origin}${path}`, { method, headers, body })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }

  /** A file in one piece, and one in parts: their names are what counts. */
  async sendFiles(): Promise<void> {
    const at = `/files/${this.session.conversation}`
    const query = new URLSearchParams({
      name: into('PUT /files/{conversation}/{file} ?name'),
      media: 'text/plain',
      size: '1',
    })
    await this.ask('PUT', `${at}/file-number-one?${query}`, 'x')
    const name = into('POST /files/{conversation}/{file}/parts name')
    await this.ask('POST', `${at}/file-number-two/parts`, JSON.stringify({ name, media: 'text/plain', size: 1 }))
    await this.ask('PUT', `${at}/file-number-two/parts/1`, 'x')
    await this.ask('POST', `${at}/file-number-two`, '{}')
  }
}

/** Whom the shop vouches for. */
async function shopUser(secret: string): Promise<string> {
  const claims = { name: into('shop name'), attributes: { company: into('shop attributes.*') } }
  return new SignJWT({ sub: 'user-1', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(await widgetSecret(secret, company)))
}

/** Asks in the name of whoever is signed in to this browser. */
async function send(page: Page, method: string, path: string, data: object, headers = {}): Promise<APIResponse> {
  const { origin } = inject('product')
  const answer = await askAs(page, `${origin}${path}`, { method, data, headers: { origin, ...headers } })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer
}

/** What an administrator names. */
async function administrate(page: Page): Promise<void> {
  const key = () => ({ 'idempotency-key': crypto.randomUUID() })
  const note = new URLSearchParams({ base: '1', note: into('PUT /api/v1/config ?note') })
  await send(page, 'PUT', `/api/v1/config?${note}`, hostileConfig(), key())
  const back = { base: 2, note: into('POST /api/v1/config/versions/{version}/return note') }
  await send(page, 'POST', '/api/v1/config/versions/2/return', back, key())
  const member = (role: string) => ({ name: into('PUT /api/v1/staff/{id} name'), role, active: true })
  await send(page, 'PUT', '/api/v1/staff/ada', member('agent'))
  await send(page, 'PUT', '/api/v1/staff/olga', member('administrator'))
  const added = { id: 'eve', email: `eve@${company}.example`, name: into('POST /api/v1/staff name'), role: 'agent' }
  await send(page, 'POST', '/api/v1/staff', added)
  await send(page, 'POST', '/api/v1/keys', { name: into('POST /api/v1/keys name'), scopes: ['ops.read'] })
}

/** Follows every link of the console from the inbox on; what stands there stays text. */
async function walkThrough(page: Page): Promise<readonly string[]> {
  const seen = new Set(['#/'])
  for (const hash of seen) {
    await page.evaluate((to) => {
      location.hash = to
    }, hash)
    await page.waitForLoadState('networkidle')
    await page.locator('main, [role="main"]').first().waitFor()
    expect([hash, await strikes(page)]).toEqual([hash, []])
    const links = await page.locator('a[href^="#/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
    for (const link of links) seen.add(link)
  }
  return [...seen]
}

test('SC13: hostile words in every field are text on every screen, and in every file', async () => {
  const { origin, secret } = inject('product')
  const closed = hostileConfig()
  await using stage = await Stage.set(browser, company, {
    config: { ...closed, widget: { ...closed.widget, hours: 'rare' } },
  })
  const left = await Writer.enter(origin)
  const reach = { name: into('customer body.name'), email: 'mia@example.com' }
  await left.command('leave-message', { text: into('customer body.text'), ...reach })

  const [here, there] = [await stage.context(), await stage.context()]
  const complaints = [await watch(here), await watch(there)]
  const olga = await Agent.signIn(there, origin, company, 'olga')
  await administrate(olga.page)
  const ada = await Agent.signIn(here, origin, company, 'ada')
  await ada.setPresence('available')
  // An entrance looks for a new configuration every five seconds: until then it takes messages only.
  const closedTo = async () => (await Writer.enter(origin)).session.closed
  await expect.poll(closedTo, { interval: 500, timeout: 15_000 }).toBeUndefined()
  const writer = await Writer.enter(origin, await shopUser(secret))
  const answer = into('customer body.fields.*')
  await writer.command('introduce', { fields: { 'conversation.order': answer, 'customer.motto': answer } })
  await writer.command('post', { text: into('customer body.text') })
  await writer.command('set-attributes', { attributes: { motto: into('customer body.attributes.*') } })
  const conversation = await ada.rung()
  expect(await strikes(ada.page)).toEqual([])

  const leaseNow = async () => {
    const entries = await stage.company.administrator.stored(conversation)
    return Math.max(...entries.map(({ body }) => (body.type === 'offered' ? body.lease : 0)))
  }
  const command = (name: string, body: object) =>
    send(ada.page, 'POST', `/api/v1/conversations/${conversation}/commands`, { id: crypto.randomUUID(), name, body })
  const [reason] = hostileConfig().declineReasons ?? []
  done.add('agent body.reason').add('POST /api/v1/agents/{id}/commands body.reason')
  const word = into('agent body.word', 'POST /api/v1/agents/{id}/commands body.word')
  const decline = { conversation, lease: await leaseNow(), reason, word }
  const said = { id: crypto.randomUUID(), name: 'decline', body: decline }
  await send(ada.page, 'POST', '/api/v1/agents/ada/commands', said)
  await ada.accept()
  await writer.sendFiles()
  const label = into('POST /api/v1/conversations/{id}/commands body.choices[].label').slice(0, 80)
  await command('post', { text: 'Which?', lease: await leaseNow(), choices: [{ id: 'one', label }] })
  const attributes = { order: into('POST /api/v1/conversations/{id}/commands body.attributes.*') }
  await command('describe', { attributes })
  await command('tag', { add: ['one', 'two'], remove: [] })
  await command('note', { text: into('POST /api/v1/conversations/{id}/commands body.text') })
  const note = into('POST /api/v1/conversations/{id}/commands body.note')
  await command('transfer', { lease: await leaseNow(), queue: 'desk', warm: false, note })
  await ada.rung()
  expect(await strikes(ada.page)).toEqual([])
  await ada.accept()
  for (const summary of await ada.part('about').locator('summary').all()) await summary.click()
  expect(await ada.page.locator('#attribute-order').inputValue()).toBe(attributes.order)
  expect(await strikes(ada.page)).toEqual([])
  await ada.part('close').click()
  expect(await strikes(ada.page)).toEqual([])
  await ada.part('close-confirm').click()
  await writer.command('rate', { rating: 4, comment: into('customer body.comment') })
  await ada.sees('entry', '[data-type="rated"]')
  expect(await strikes(ada.page)).toEqual([])

  const customer = await stage.customer(here)
  expect(await strikes(customer.page)).toEqual([])
  await olga.page.goto(`${origin}/#/conversation/${left.session.conversation}`)
  await olga.page.locator(`article[data-conversation="${left.session.conversation}"]`).waitFor()
  expect(await strikes(olga.page)).toEqual([])
  for (const { page } of [ada, olga]) expect((await walkThrough(page)).length).toBeGreaterThan(2)

  const csv = await askAs(olga.page, `${origin}/api/v1/audit.csv`)
  expect(csv.headers()).toMatchObject({
    'content-disposition': expect.stringMatching(/^attachment/),
    'x-content-type-options': 'nosniff',
  })
  expect((await csv.text()).split(/\r\n|,/).filter((cell) => /^"?[=+\-@＝]/.test(cell))).toEqual([])
  expect([...done].sort()).toEqual([...planted].sort())
  expect(complaints.flat()).toEqual([])
})
