/** Every command of the administrator has a dry run, which tells what would be called, and neither calls nor changes anything. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { run } from '../../scripts/verbs/admin.mjs'

const nothing = () => {
  throw new Error('a dry run called somebody')
}
vi.mock('node:child_process', () => ({ spawn: nothing, spawnSync: nothing }))
vi.stubGlobal('fetch', nothing)

const dir = mkdtempSync(join(tmpdir(), 'parley-dry-'))
const file = (name: string) => join(dir, name)
const state = file('state')
mkdirSync(join(state, 'v3/d1'), { recursive: true })
writeFileSync(join(state, 'v3/d1/data'), 'what a server has kept')
mkdirSync(file('backup'))
writeFileSync(join(dir, 'backup/manifest.json'), JSON.stringify({ v: 1, organisation: 'acme' }))
writeFileSync(
  join(dir, 'backup/organisations.ndjson'),
  `${JSON.stringify({ id: 'acme', name: 'Acme', created_at: 0 })}\n`,
)
for (const list of ['objects', 'actors']) writeFileSync(join(dir, `backup/${list}.ndjson`), '')
const plans = { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'desk' }] }] } }
const config = {
  organisation: 'Acme',
  queues: { desk: { name: 'Desk' } },
  plans,
  entrances: { chat: 'chat' },
  agents: {},
}
writeFileSync(file('acme.yaml'), JSON.stringify({ config }))

let told: string[] = []
let said: string[] = []
beforeEach(() => {
  told = []
  said = []
  vi.spyOn(console, 'error').mockImplementation((line) => void told.push(String(line)))
  vi.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const asOlga = ['--email', 'olga@acme.example']
const there = ['--remote', '--url', 'https://parley.example']
/** Where a command works: `record`: local or remote D1; `server`: by its API; `here`, `account`: one place only. */
type Place = 'record' | 'server' | 'here' | 'account'
const flags: Record<Place, readonly (readonly string[])[]> = {
  record: [['--state', state], ['--remote']],
  server: [
    [...asOlga, '--state', state],
    [...asOlga, ...there],
  ],
  here: [['--state', state]],
  account: [['--remote']],
}
const person = 'ada@acme.example'
const commands: Record<string, readonly [Place, ...string[]]> = {
  backup: ['server', file('new')],
  'config export': ['server', file('out.yaml')],
  'config diff': ['server', file('acme.yaml')],
  'config apply': ['server', file('acme.yaml')],
  'config versions': ['server'],
  'config return': ['server', '3'],
  'customer export': ['server', 'c1', file('person')],
  'customer erase': ['server', 'c1'],
  'keys list': ['record'],
  'keys create': ['record', 'The CRM', '--org', 'acme', '--scopes', 'ops.read'],
  'keys revoke': ['record', 'key:x', '--org', 'acme'],
  migrate: ['record'],
  'organisation list': ['record'],
  'organisation add': ['record', 'birch', 'Birch'],
  rebuild: ['server'],
  reset: ['here', '--yes'],
  restore: ['server', file('backup')],
  rollback: ['account', '--yes'],
  'search rebuild': ['record'],
  'secrets init': ['record', '--replace'],
  'secrets widget': ['record', 'acme'],
  'secrets list': ['record'],
  'secrets rotate': ['record'],
  'secrets retire': ['record'],
  'staff list': ['record'],
  'staff add': ['record', person, '--org', 'acme', '--name', 'Ada', '--role', 'agent'],
  'staff role': ['record', person, 'supervisor'],
  'staff password': ['record', person],
  'staff factor': ['record', person],
  'staff signout': ['record', person],
  'staff deactivate': ['record', person],
  'staff activate': ['record', person],
  status: ['record'],
  stuck: ['server'],
}
/** Its dry run builds the worker: see admin-remote.test.ts. */
const builds = ['deploy']

/** Every command with each of its parts, as the help has them. */
async function known(): Promise<string[]> {
  await run(['help'])
  return said.flatMap((line) => {
    const [, name = '', parts] = /^ {2}([a-z]+) ([a-z]+(?:\|[a-z]+)*(?= ))?/.exec(line) ?? []
    return name === '' ? [] : parts === undefined ? [name] : parts.split('|').map((part) => `${name} ${part}`)
  })
}

/** What lies in a folder, and when the local secrets were written. */
function everything(): string {
  const files = readdirSync(dir, { recursive: true }).map(String).sort()
  const contents = files.map((name) => (statSync(file(name)).isFile() ? readFileSync(file(name)) : ''))
  const secrets = statSync(inRoot('.dev.vars'), { throwIfNoEntry: false })?.mtimeMs
  const hash = createHash('sha256')
  for (const content of contents) hash.update(content).update('\0')
  return JSON.stringify([files, hash.digest('hex'), secrets])
}

describe('a dry run', () => {
  it('is there for every command that the help knows', async () => {
    expect((await known()).sort()).toEqual([...Object.keys(commands), ...builds].sort())
    expect(said.at(-1)).toContain('with --dry-run it makes none')
  })

  const tries = Object.entries(commands).flatMap(([name, [place, ...args]]) =>
    flags[place].map((where) => [name, [...name.split(' '), ...args, ...where]] as const),
  )
  it.each(tries)('of %s tells its calls and changes nothing: %j', async (_, args) => {
    const before = everything()
    await run([...args, '--dry-run'])
    expect(told.length).toBeGreaterThan(0)
    for (const line of told) expect(line).toMatch(/^\$ \S/)
    expect(everything()).toBe(before)
  })
})
