/** Record and search index made anew as it is typed, beside a real server that goes on. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { SearchAnswer } from '../../core/protocol/api.ts'
import { freePort } from '../../scripts/lib/process.mjs'
import { startServer } from '../../scripts/lib/server.mjs'
import { projected } from '../../worker/db/tables.ts'
import { admin } from './admin-command.ts'

// Each call starts a process of its own, many a wrangler too, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const dir = mkdtempSync(join(tmpdir(), 'parley-rebuild-'))
const state = join(dir, 'state')
const email = 'olga@acme.example'
const config = `config:
  organisation: Acme
  queues: { desk: { name: Desk } }
  plans: { chat: { name: Chat, steps: [{ after: 0, queues: [{ queue: desk }] }] } }
  entrances: { chat: chat }
  agents: {}
`

let password = ''
let server: Awaited<ReturnType<typeof startServer>>

const here = (...args: string[]) => admin([...args, '--state', state])
const asOlga = (...args: string[]) =>
  admin([...args, '--email', email, '--url', server.url], { env: { PARLEY_PASSWORD: password } })

beforeAll(async () => {
  await here('migrate')
  await here('organisation', 'add', 'acme', 'Acme')
  const added = await here('staff', 'add', email, '--org', 'acme', '--name', 'Olga', '--role', 'administrator')
  password = /shown this once: (\S+)/.exec(added.stdout)?.[1] ?? ''
  server = await startServer({ port: await freePort(), stateDir: state, logFile: join(dir, 'server.log') })
  writeFileSync(join(dir, 'acme.yaml'), config)
  expect((await asOlga('config', 'apply', join(dir, 'acme.yaml'))).code).toBe(0)
})

afterAll(async () => {
  await server?.stop()
  rmSync(dir, { recursive: true, force: true })
})

const Entered = z.object({ conversation: z.string(), ticket: z.string() })

/** Somebody opens the chat and writes, by the long poll. */
async function write(text: string): Promise<void> {
  const body = JSON.stringify({ command: crypto.randomUUID() })
  const entered = await fetch(`${server.url}/channels/chat/acme/session`, { method: 'POST', body })
  const { conversation, ticket } = Entered.parse(await entered.json())
  const frames = [
    { t: 'hello', v: 1, client: 'a-client-of-tests' },
    { t: 'cmd', id: crypto.randomUUID(), name: 'post', body: { text } },
  ]
  const headers = { authorization: `Bearer ${ticket}` }
  const poll = { method: 'POST', headers, body: JSON.stringify({ frames }) }
  expect(await (await fetch(`${server.url}/poll/conversation/${conversation}`, poll)).text()).toContain('"ok":true')
}

/** Every column of every mirrored row, as the file has it. */
function recorded(): Record<string, string[]> {
  const folder = join(state, 'v3/d1/miniflare-D1DatabaseObject')
  for (const name of readdirSync(folder).filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file))) {
    const db = new DatabaseSync(join(folder, name), { readOnly: true })
    try {
      if (db.prepare("select 1 from sqlite_master where name = 'conversations'").get() === undefined) continue
      const rows = (table: string) =>
        db
          .prepare(`select * from ${table}`)
          .all()
          .map((row) => JSON.stringify(row))
      return Object.fromEntries(projected.map((table) => [table, rows(table).sort()]))
    } finally {
      db.close()
    }
  }
  return {}
}

const until = (holds: () => boolean | Promise<boolean>) => vi.waitUntil(holds, { timeout: 60_000, interval: 300 })

async function found(query: string): Promise<number> {
  const body = JSON.stringify({ email, password })
  const { headers } = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    body,
    headers: { origin: server.url },
  })
  const cookie = headers.getSetCookie().map((set) => set.split(';')[0])
  const path = `/api/v1/search?q=${encodeURIComponent(query)}`
  const answer = await fetch(`${server.url}${path}`, { headers: { cookie: cookie.join('; ') } })
  return SearchAnswer.parse(await answer.json()).items.length
}

describe('beside a running server', () => {
  it('RC3: a rebuild that is typed comes to the same record, every column of every row', async () => {
    for (const text of ['我要申请退款', 'My parcel', 'Zwetschgen']) await write(text)
    // Each waits, and its stay in the queue has begun.
    const isWaiting = (row: string) => row.includes('"status":"waiting"')
    await until(() => {
      const { conversations = [], segments = [] } = recorded()
      return conversations.filter(isWaiting).length === 3 && segments.length === 3
    })
    const before = JSON.stringify(recorded())
    const { code, stdout } = await asOlga('rebuild')
    expect([code, stdout]).toEqual([0, expect.stringMatching(/and asked 3 actors; what they tell is recorded/)])
    await until(() => JSON.stringify(recorded()) === before)
  })

  it('SE7: an index that was begun anew is filled by the duties, while talks go on', async () => {
    await until(async () => (await found('退款')) === 1)
    const { code, stdout } = await here('search', 'rebuild')
    expect([code, stdout]).toEqual([0, 'The index is empty; the duties of the next minutes fill it from the record.\n'])
    expect(await found('退款')).toBe(0)
    expect((await here('status')).stdout).toMatch(/still to index: +from \["","",0\]/)
    await write('Mirabellen')
    await until(async () => (await found('Mirabellen')) === 1)
    await until(async () => {
      await fetch(`${server.url}/cdn-cgi/local/scheduled`)
      return (await found('退款')) === 1 && (await found('Zwetschgen')) === 1
    })
    expect(await found('Mirabellen')).toBe(1)
    await until(async () => /still to index: +nothing/.test((await here('status')).stdout))
  })
})
