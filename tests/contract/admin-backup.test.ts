/** Backup, restore, a person's export and erasure as they are typed, beside real servers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { freePort } from '../../scripts/lib/process.mjs'
import { startServer } from '../../scripts/lib/server.mjs'
import { heldFetch } from '../support/held-fetch.ts'
import { admin } from './admin-command.ts'

// Each call starts a process of its own, many a wrangler too, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const dir = mkdtempSync(join(tmpdir(), 'parley-backup-'))
const at = (name: string) => join(dir, name)
const folder = at('backup')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const Session = z.object({ conversation: z.string(), ticket: z.string(), visitor: z.string() })
const config = `config:
  organisation: Acme
  queues: { desk: { name: Desk } }
  plans: { chat: { name: Chat, steps: [{ after: 0, queues: [{ queue: desk }] }] } }
  entrances: { chat: chat }
  agents: {}
`

/** A server on a state folder of its own. */
async function serve<T>(state: string, use: (url: string) => Promise<T>): Promise<T> {
  const port = await freePort()
  const server = await startServer({ port, stateDir: at(state), logFile: at(`${state}.log`) })
  try {
    return await use(server.url)
  } finally {
    await server.stop()
  }
}

const enter = async (url: string, visitor?: string) => {
  const body = JSON.stringify({ command: crypto.randomUUID(), visitor })
  const answer = await heldFetch(`${url}/channels/chat/acme/session`, { method: 'POST', body })
  return Session.parse(await answer.json())
}

/** What the record says of conversations. */
async function recorded(url: string, password: string): Promise<string> {
  const body = JSON.stringify({ email: 'olga@acme.example', password })
  const { headers } = await heldFetch(`${url}/api/v1/session`, { method: 'POST', body, headers: { origin: url } })
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return (await heldFetch(`${url}/api/v1/conversations`, { headers: { cookie } })).text()
}

describe('a backup that is typed', () => {
  let password = ''
  let visitor = ''
  let conversation = ''
  let customer = ''
  const asOlga = (state: string, url: string, ...args: string[]) =>
    admin([...args, '--email', 'olga@acme.example', '--url', url, '--state', at(state)], {
      env: { PARLEY_PASSWORD: password },
    })

  it('BA1 holds tables, actors and files, and is for nobody else to read', async () => {
    const here = (...args: string[]) => admin([...args, '--state', at('first')])
    await here('migrate')
    await here('organisation', 'add', 'acme', 'Acme')
    const added = await here(
      'staff',
      'add',
      'olga@acme.example',
      '--org',
      'acme',
      '--name',
      'Olga',
      '--role',
      'administrator',
    )
    password = /shown this once: (\S+)/.exec(added.stdout)?.[1] ?? ''
    await serve('first', async (url) => {
      writeFileSync(at('acme.yaml'), config)
      expect((await asOlga('first', url, 'config', 'apply', at('acme.yaml'))).code).toBe(0)
      const session = await enter(url)
      visitor = session.visitor
      conversation = session.conversation
      const query = new URLSearchParams({ name: 'bill.txt', media: 'text/plain', size: '11' })
      const headers = { authorization: `Bearer ${session.ticket}` }
      const sent = await heldFetch(`${url}/files/${conversation}/the-file?${query}`, {
        method: 'PUT',
        headers,
        body: 'ein Kassenzettel'.slice(4, 15),
      })
      expect(sent.status).toBe(200)
      const dry = await asOlga('first', url, 'backup', folder, '--dry-run')
      expect([dry.code, dry.stdout]).toEqual([0, ''])
      expect(dry.stderr).toContain('$ wrangler d1 execute DB --local')
      // The conveyor brings the conversation to the record within a second.
      await vi.waitUntil(async () => (await recorded(url, password)).includes(conversation), { timeout: 30_000 })
      const { code, stderr } = await asOlga('first', url, 'backup', folder)
      expect([code, stderr.includes('failed')]).toEqual([0, false])
      expect((await asOlga('first', url, 'backup', folder)).stderr).toContain('is not empty')
    })
    const names = readdirSync(folder)
    expect(names).toEqual(expect.arrayContaining(['manifest.json', 'actors.ndjson', 'objects.ndjson', 'staff.ndjson']))
    expect(names.filter((name) => /entries|sessions|segments/.test(name))).toEqual([])
    expect(statSync(join(folder, 'staff.ndjson')).mode & 0o077).toBe(0)
  })

  it('BA1 comes back on another state, where its people sign in and its customers go on', async () => {
    expect((await admin(['migrate', '--state', at('second')])).code).toBe(0)
    await serve('second', async (url) => {
      const { code, stdout, stderr } = await asOlga('second', url, 'restore', folder)
      expect([code, stderr.includes('refused')]).toEqual([0, false])
      expect(stdout).toContain('of acme.')
      expect(await enter(url, visitor)).toMatchObject({ conversation })
      const again = await asOlga('second', url, 'restore', folder)
      expect(again.stdout).toContain('were there already')

      const row = z.object({ customer_id: z.string() })
      const identifiers = readFileSync(join(folder, 'identifiers.ndjson'), 'utf8').trim().split('\n')
      customer = row.parse(JSON.parse(identifiers[0] ?? '')).customer_id
      await vi.waitUntil(
        async () => {
          const { stdout } = await asOlga('second', url, 'customer', 'export', customer, at('person'))
          return stdout.includes('and 1 files')
        },
        { timeout: 60_000 },
      )
      const [file = ''] = readdirSync(at('person/files'))
      expect(readFileSync(at(`person/files/${file}`), 'utf8')).toBe('Kassenzette')
      expect(readFileSync(at('person/person.ndjson'), 'utf8')).toContain('bill.txt')
      const erased = await asOlga('second', url, 'customer', 'erase', customer)
      expect(JSON.parse(erased.stdout)).toMatchObject({
        customer,
        found: { conversations: 1, files: 1, identifiers: 1 },
      })
      expect((await enter(url, visitor)).conversation).not.toBe(conversation)
    })
  })
})
