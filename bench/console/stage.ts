/**
 * The console as it was built, in a real Chromium, with a conversation of any length: what it would hear from the server is said
 * by this page's own routes, in the words of the wire protocol, so that only the page is measured.
 */
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type Browser, chromium, type Page, type WebSocketRoute } from 'playwright-core'
import { PING, PONG, PROTOCOL_VERSION, SNAPSHOT_ENTRIES } from '../../core/protocol/link.ts'
import { ensureChromium } from '../../scripts/lib/chromium.mjs'
import { inRoot } from '../../scripts/lib/paths.mjs'

const origin = 'https://parley.test'
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: ensureChromium(), headless: true, args: flags })

const began = Date.UTC(2026, 10, 2, 8)
const lengths = [12, 60, 25, 180, 40, 600, 8]

/** Messages of both sides of all lengths, notes, and what happens in between. */
export function entry(seq: number) {
  const words = `${seq} · ${'word '.repeat((lengths[seq % lengths.length] ?? 12) / 5)}`.trim()
  const agent = { role: 'agent', id: 'ada', name: 'Ada' }
  const customer = { role: 'customer', id: 'mia', name: 'Mia' }
  const base = { stream: 'staff', seq, at: began + seq * 60_000, id: `entry-${seq}` }
  if (seq % 23 === 0) return { ...base, pub: null, from: agent, body: { type: 'note', text: `**Note** ${words}` } }
  if (seq % 31 === 0) return { ...base, pub: null, from: agent, body: { type: 'tagged', add: ['repair'], remove: [] } }
  return { ...base, pub: seq, from: seq % 2 === 0 ? agent : customer, body: { type: 'message', text: words } }
}

const customer = { id: 'mia', name: 'Mia Lund', verified: true }
const rowsOf = (conversations: number) => [
  {
    ...{ key: 'me', agent: 'ada', name: 'Ada', presence: 'available', reason: null, notResponding: false, link: true },
    ...{ capacity: { chat: 300, voice: 1 }, queues: [], reasons: [] },
  },
  ...Array.from({ length: conversations }, (_, n) => ({
    ...{ key: `item/${idOf(n)}`, conversation: idOf(n), medium: 'chat', state: 'owned', lease: 1, via: null },
    ...{ customer: { ...customer, name: `Customer ${n}` }, waitingSince: began, since: began + n, until: null },
    ...{ last: { from: 'customer', text: `What was said last in ${n}`, at: began }, unread: n % 3 },
  })),
]
const view = {
  ...{ status: 'talking', customer, channel: 'chat', queues: [], queue: null, priority: 0, since: null },
  ...{ owner: { agent: 'ada', name: 'Ada', lease: 1 }, offer: null },
  marks: { customer: { delivered: 0, read: 0 }, staff: { delivered: 0, read: 0 } },
}
export const idOf = (n: number): string => `01J${String(n).padStart(23, '0')}`

/** What the page asks of the API. */
const answers: Readonly<Record<string, unknown>> = {
  '/api/v1/session': {
    organisation: { id: 'acme', name: 'Acme Outdoor' },
    staff: { id: 'ada', name: 'Ada', email: 'ada@example.org', role: 'agent' },
  },
  '/api/v1/tickets': { ticket: 'ticket' },
  '/api/v1/queues': { items: [], next: null },
  '/api/v1/agents': { items: [{ id: 'ben', name: 'Ben' }], next: null },
  '/api/v1/desk': {
    ...{ tags: [{ id: 'repair', name: 'Repair' }], dispositions: [], attributes: [], snooze: { least: 0, most: 1 } },
  },
}

export interface Scene {
  readonly page: Page
  /** Says an entry on the conversation's stream. */
  say(seq: number): void
}

/** A page of the console with so many conversations in hand, of which each has so many entries. */
export async function open(browser: Browser, conversations: number, entries: number): Promise<Scene> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })).newPage()
  const talks = new Set<WebSocketRoute>()
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const json = answers[pathname]
    if (json !== undefined) return route.fulfill({ json })
    if (pathname.startsWith('/api/')) return route.fulfill({ status: 404, json: {} })
    const file = pathname === '/' ? 'index.html' : pathname.slice(1)
    return route.fulfill({
      body: readFileSync(join(inRoot('dist/client'), file)),
      contentType: types[extname(file)] ?? '',
    })
  })
  await page.routeWebSocket(/\/connect\//, (socket) => {
    const isTalk = socket.url().includes('/connect/conversation/')
    if (isTalk) talks.add(socket)
    socket.onMessage((data) => answer(socket, String(data), isTalk, conversations, entries))
  })
  await page.goto(`${origin}/`)
  const say = (seq: number) => {
    for (const socket of talks) send(socket, { t: 'ev', ...eventOf(seq) })
  }
  return { page, say }
}

const send = (socket: WebSocketRoute, frame: object) => socket.send(JSON.stringify(frame))
const eventOf = (seq: number) => ({ seq, at: began, name: 'entry', body: entry(seq) })

function answer(socket: WebSocketRoute, data: string, isTalk: boolean, conversations: number, entries: number): void {
  if (data === PING) return socket.send(PONG)
  const frame = JSON.parse(data)
  const welcome = { t: 'welcome', v: PROTOCOL_VERSION, epoch: 'e', resumed: false, now: Date.now() }
  if (frame.t === 'hello' && isTalk) {
    const first = Math.max(1, entries - SNAPSHOT_ENTRIES + 1)
    send(socket, { ...welcome, seq: entries, snapshot: range(first, entries).map(eventOf) })
    send(socket, { t: 'view', body: view })
  } else if (frame.t === 'hello') {
    const rows = rowsOf(conversations)
    const snapshot = rows.map((body, n) => ({ seq: n + 1, at: began, name: 'put', body }))
    send(socket, { ...welcome, seq: rows.length, snapshot })
  } else if (frame.t === 'cmd') {
    const { before = 1, limit = SNAPSHOT_ENTRIES } = frame.body
    const page = { entries: range(Math.max(1, before - limit), before - 1).map(entry) }
    send(socket, { t: 'reply', id: frame.id, ok: true, value: frame.name === 'history' ? page : {} })
  }
}

const range = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n)
