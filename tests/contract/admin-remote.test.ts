/** The commands towards an account: what they send to Cloudflare, held against a small stand-in for its API; and a deploy. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { widgetSecret } from '../../worker/auth/keys.ts'
import { checkPassword } from '../../worker/auth/passwords.ts'
import { admin } from './admin-command.ts'

// Each call starts a wrangler of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const dir = mkdtempSync(join(tmpdir(), 'parley-account-'))
const configFile = join(dir, 'account.json')
const account = '0123456789abcdef0123456789abcdef'

interface Call {
  readonly call: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever wrangler sends
  readonly body: any
  /** The command lines of all processes of the machine at that moment. */
  readonly visible: string
}

let cloudflare: Server
let calls: Call[] = []
let answers: Record<string, unknown> = {}

beforeAll(async () => {
  const d1_databases = ['DB', 'SEARCH'].map((binding, at) => ({
    binding,
    database_name: binding.toLowerCase(),
    database_id: `1111111${at}-2222-4333-8444-555555555555`,
  }))
  writeFileSync(configFile, JSON.stringify({ name: 'parley', compatibility_date: '2026-10-01', d1_databases }))
  cloudflare = createServer(async (request, response) => {
    const sent = await text(request)
    const call = `${request.method} ${request.url?.split(`/accounts/${account}`)[1]}`
    calls.push({ call, body: sent === '' ? undefined : JSON.parse(sent), visible: commandLines() })
    const result = answers[call]
    const errors = result === undefined ? [{ code: 10007, message: 'This Worker does not exist on your account.' }] : []
    response.writeHead(result === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ success: result !== undefined, errors, messages: [], result: result ?? null }))
  }).listen(0, '127.0.0.1')
  await new Promise((ready) => cloudflare.once('listening', ready))
})

afterAll(() => {
  cloudflare.closeAllConnections()
  cloudflare.close()
  rmSync(dir, { recursive: true, force: true })
})

beforeEach(() => {
  calls = []
  answers = {}
})

const remote = (args: string[], input = '') =>
  admin([...args, '--config', configFile], {
    input,
    env: {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${(cloudflare.address() as AddressInfo).port}/client/v4`,
      CLOUDFLARE_API_TOKEN: 'a token of this test',
      CLOUDFLARE_ACCOUNT_ID: account,
    },
  })

/** Where there is no /proc, nothing is looked at. */
function commandLines(): string {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return pids.map((pid) => commandLine(pid)).join('\n')
  } catch {
    return ''
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

it('a new member of staff goes to D1 with the hash, which nobody else sees', async () => {
  const query = 'POST /d1/database/11111110-2222-4333-8444-555555555555/query'
  const results = [[{ organisations: 1, emails: 0 }], [{ id: 'ada' }]]
  answers = { [query]: results.map((rows) => ({ results: rows, success: true, meta: {} })) }
  const person = ['ada@acme.example', '--org', 'acme', '--name', `Ada O'Hara`, '--role', 'agent']
  const { code, stdout, stderr } = await remote(
    ['staff', 'add', ...person, '--remote', '--password-stdin'],
    'tell it to nobody\n',
  )
  expect([code, stdout]).toEqual([0, "Added Ada O'Hara, agent of acme, with the id ada.\n"])
  expect(calls.map(({ call }) => call)).toEqual([query])
  expect(stderr).toContain(`$ wrangler d1 execute DB --remote --json --yes`)
  const [{ body, visible }] = calls as [Call]
  const hash = /'(scrypt\$[^']+)'/.exec(body.sql)?.[1]
  expect(await checkPassword('tell it to nobody', hash)).toBe(true)
  expect(body.sql).toContain(`'Ada O''Hara'`)
  for (const seen of [visible, stderr]) expect(seen).not.toContain('scrypt$')
})

it('the secret is put once, and seen once', async () => {
  answers = { 'PUT /workers/scripts/parley/secrets': {} }
  const dry = await remote(['secrets', 'init', '--remote', '--dry-run'])
  expect([dry.code, calls]).toEqual([0, []])
  const { code, stdout, stderr } = await remote(['secrets', 'init', '--remote'])
  expect(code).toBe(0)
  const [, put] = calls as [Call, Call]
  expect(put.body.name).toBe('PARLEY_SECRET')
  const secret: string = put.body.text
  expect(secret.length).toBeGreaterThanOrEqual(43)
  expect(stdout).toContain(secret)
  for (const seen of [put.visible, stderr]) expect(seen).not.toContain(secret)
  const widget = await remote(['secrets', 'widget', 'acme', '--remote'], `${secret}\n`)
  expect(widget.stdout.trim()).toBe(await widgetSecret(secret, 'acme'))

  answers = { ...answers, 'GET /workers/scripts/parley/secrets': [{ name: 'PARLEY_SECRET', type: 'secret_text' }] }
  calls = []
  expect((await remote(['secrets', 'init', '--remote'])).stderr).toContain('is set already')
  expect(calls.map(({ call }) => call)).toEqual(['GET /workers/scripts/parley/secrets'])
})

it('the status tells the deployed version and what a database lacks', async () => {
  const rows = (...all: object[][]) => all.map((results) => ({ results, success: true, meta: {} }))
  answers = {
    'GET /workers/scripts/parley/deployments': {
      deployments: [{ created_on: '2026-11-01T00:00:00Z', versions: [{ version_id: 'abcd-1', percentage: 100 }] }],
    },
    'POST /d1/database/11111110-2222-4333-8444-555555555555/query': rows([], [{ entries: 7 }]),
    'POST /d1/database/11111111-2222-4333-8444-555555555555/query': rows([]),
  }
  const { code, stdout } = await remote(['status', '--remote'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/deployed: +abcd-1 \(100 %\) since 2026-11-01/)
  expect(stdout).toMatch(/health: +not asked/)
  expect(stdout).toMatch(/entries: +7/)
})

it('a deploy builds, in a dry run, all that it would send', async () => {
  const { code, stdout, stderr } = await admin(['deploy', '--dry-run', '--message', "it's time"])
  expect([code, stderr]).toEqual([0, expect.any(String)])
  const told = stderr.split('\n').filter((line) => line.startsWith('$ '))
  expect(told).toEqual([
    '$ npm run build',
    '$ wrangler d1 migrations apply DB --remote',
    '$ wrangler d1 migrations apply SEARCH --remote',
    `$ wrangler deploy --message 'it'\\''s time'`,
    `$ wrangler deploy --message 'it'\\''s time' --dry-run`,
  ])
  for (const binding of ['BOOK', 'CONVERSATION', 'DB', 'PROJECTION', 'SEARCH'])
    expect(stdout).toContain(`env.${binding}`)
  expect(stdout).toContain('--dry-run: exiting now.')
})

it('a deploy without databases of the account is refused before anything is done', async () => {
  const { code, stdout, stderr } = await admin(['deploy'])
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr.trim()).toMatch(/^The database parley has no id of an account yet/)
})

it('SC11: a deploy that could ask ports of its own machine is refused before anything is done', async () => {
  const inside = join(dir, 'inside.json')
  writeFileSync(
    inside,
    JSON.stringify({ ...JSON.parse(readFileSync(configFile, 'utf8')), vars: { PARLEY_LOOPBACK: '9' } }),
  )
  for (const more of [[], ['--dry-run']]) {
    const { code, stdout, stderr } = await admin(['deploy', '--config', inside, ...more])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr.trim()).toBe('PARLEY_LOOPBACK is for tests: take it out of the configuration before you deploy.')
  }
})

it('a rollback is asked for', async () => {
  expect((await admin(['rollback'])).stderr).toContain('Say --yes')
  expect((await admin(['rollback', '--dry-run'])).stderr).toBe('$ wrangler rollback --yes\n')
})
