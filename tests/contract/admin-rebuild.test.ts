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
import { fetchAny, heldFetch } from '../support/held-fetch.ts'
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
  const entered = await heldFetch(`${server.url}/channels/chat/acme/session`, { method: 'POST', body })
  const { conversation, ticket } = Entered.parse(await entered.json())
  const frames = [
    { t: 'hello', v: 1, client: 'a-client-of-tests' },
    { t: 'cmd', id: crypto.randomUUID(), name: 'post', body: { text } },
  ]
  const headers = { authorization: `Bearer ${ticket}` }
  const poll = { method: 'POST', headers, body: JSON.stringify({ frames }) }
  expect(await (await heldFetch(`${server.url}/poll/conversation/${conversation}`, poll)).text()).toContain('"ok":true')
}

/** The file of the record. */
function inRecord<T>(work: (db: DatabaseSync) => T, readOnly = true): T {
  const folder = join(state, 'v3/d1/miniflare-D1DatabaseObject')
  for (const name of readdirSync(folder).filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file))) {
    const db = new DatabaseSync(join(folder, name), { readOnly })
    try {
      if (db.prepare("select 1 from sqlite_master where name = 'conversations'").get() !== undefined) return work(db)
    } finally {
      db.close()
    }
  }
  throw new Error('there is no record')
}

/** Every column of every mirrored row, as the file has it. */
const recorded = (): Record<string, string[]> =>
  inRecord((db) => {
    const rows = (table: string) => db.prepare(`select * from ${table}`).all()
    return Object.fromEntries(
      projected.map((table) => [
        table,
        rows(table)
          .map((row) => JSON.stringify(row))
          .sort(),
      ]),
    )
  })

/** As the edge leaves an errand that it has tried in vain for hours; the next time is an hour away. */
function failedTenTimes(conversation: string): void {
  const later = Date.now() + 3_600_000
  const sql =
    'insert into errands (org_id, conversation_id, kind, version, due_at, attempts, error, since) ' +
    "values ('acme', ?, 'transcript', 1, ?, 10, 'the bucket is away', ?)"
  inRecord((db) => db.prepare(sql).run(conversation, later, Date.now()), false)
}

const until = (holds: () => boolean | Promise<boolean>) => vi.waitUntil(holds, { timeout: 60_000, interval: 300 })

async function found(query: string): Promise<number> {
  const body = JSON.stringify({ email, password })
  const { headers } = await heldFetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    body,
    headers: { origin: server.url },
  })
  const cookie = headers.getSetCookie().map((set) => set.split(';')[0])
  const path = `/api/v1/search?q=${encodeURIComponent(query)}`
  const answer = await heldFetch(`${server.url}${path}`, { headers: { cookie: cookie.join('; ') } })
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

  it('OB11: what keeps failing is listed, and tried again as it is typed', async () => {
    const { conversations = [] } = recorded()
    const conversation = z.object({ id: z.string() }).parse(JSON.parse(conversations[0] ?? '')).id
    expect(await asOlga('stuck')).toMatchObject({ code: 0, stdout: 'Nothing is stuck.\n' })
    // One that can be done by now, and one that cannot: no conversation has such a name.
    failedTenTimes(conversation)
    failedTenTimes('no name of a conversation')
    const listed = await asOlga('stuck')
    expect([listed.code, listed.stdout]).toEqual([1, expect.stringContaining('2 stuck at 2 places.')])
    expect(listed.stdout).toContain(`acme/errand/${conversation}:transcript`)
    const { code, stdout } = await asOlga('stuck', '--replay')
    expect([code, stdout.split('\n').sort()]).toEqual([
      0,
      [
        '',
        `acme/errand/${conversation}:transcript is tried again.`,
        'acme/errand/no name of a conversation:transcript has failed again.',
      ],
    ])
    const left = await asOlga('stuck')
    expect([left.code, left.stdout]).toEqual([1, expect.stringContaining('1 stuck at 1 places.')])
    expect(left.stdout).not.toContain(conversation)
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
      await fetchAny(`${server.url}/cdn-cgi/local/scheduled`)
      return (await found('退款')) === 1 && (await found('Zwetschgen')) === 1
    })
    expect(await found('Mirabellen')).toBe(1)
    await until(async () => /still to index: +nothing/.test((await here('status')).stdout))
  })
})
