/** The administrator's commands as they are typed: on a state folder of their own, beside a real server, and by file. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { readConfigFile } from '../../scripts/lib/config-file.mjs'
import { freePort } from '../../scripts/lib/process.mjs'
import { startServer } from '../../scripts/lib/server.mjs'
import { heldFetch } from '../support/held-fetch.ts'
import { admin } from './admin-command.ts'

// Each call starts a process of its own, many a wrangler too, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const dir = mkdtempSync(join(tmpdir(), 'parley-admin-'))
const state = join(dir, 'state')
const file = (name: string) => join(dir, name)

/** On the state folder of this test. */
const here = (...args: string[]) => admin([...args, '--state', state])

afterAll(() => rmSync(dir, { recursive: true, force: true }))

const config = `# Kept by hand.
version: 1
config:
  organisation: Acme
  queues:
    desk: { name: Desk } # the only one
  plans:
    chat:
      name: Chat
      steps:
        - { after: 0, queues: [{ queue: desk }] }
  entrances: { chat: chat }
  agents:
    ben: { name: Ben, queues: [{ queue: desk }] }
`

describe('a mistake', () => {
  it.each([
    [['frob'], 'There is no command "frob".'],
    [['staff', 'frob'], 'There is no "staff frob".'],
    [['staff', 'role', 'ada@acme.example', 'queen'], 'There is no role "queen".'],
    [['staff', 'add', 'ada@acme.example', '--password', 'secret'], "Unknown option '--password'"],
    [['staff', 'list', '--remote', '--state', 'x'], '--state is for a local server'],
    [['staff', 'list', '--remote'], 'has no id of an account yet'],
    [['migrate', 'now'], "Unexpected argument 'now'"],
    [['stuck', '--email', 'a@b.example', '--url', 'http://parley.example'], '--url must be https'],
    [['config', 'diff', 'no-such.yaml'], 'There is no file'],
  ])('%j ends in one line', async (args, line) => {
    const { code, stdout, stderr } = await admin(args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(line)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('help knows every command', async () => {
    const { stdout } = await admin(['help'])
    for (const name of ['config', 'deploy', 'migrate', 'reset', 'rollback', 'secrets', 'staff', 'status', 'stuck'])
      expect(stdout).toContain(`  ${name} `)
    expect((await admin(['staff', '--help'])).stdout).toContain('never an argument')
  })
})

describe('two files', () => {
  it('are compared by what they mean', async () => {
    writeFileSync(file('a.yaml'), config)
    const b = config
      .replace('version: 1\n', '')
      .replace('name: Desk', 'name: Front desk')
      .replace('{ after: 0, queues: [{ queue: desk }] }', '{ after: 0, raise: 0, queues: [{ queue: desk }] }')
      .replace('ben: { name: Ben', 'cleo: { name: Cleo')
    writeFileSync(file('b.yaml'), b)
    const { code, stdout } = await admin(['config', 'diff', file('a.yaml'), file('b.yaml')])
    const [desk, ben, cleo, ...rest] = stdout.trim().split('\n')
    expect(desk).toBe('~ queues.desk.name: "Desk" → "Front desk"')
    expect(ben).toMatch(/^- agents\.ben: \{"name":"Ben"/)
    expect(cleo).toMatch(/^\+ agents\.cleo: \{"name":"Cleo"/)
    expect([code, rest]).toEqual([0, []])
  })

  it.each([
    ['agents: {}', 'entrances: {', 'c.yaml: '],
    ['{ name: Desk }', '{ name: Desk, nmae: Desk }', 'there is no field config.queues.desk.nmae'],
    ['{ queue: desk }', '{ queue: dusk }', 'config.plans.chat.steps.0.queues.0.queue: there is no queue dusk'],
    ['organisation: Acme', 'organisation: [Acme', 'c.yaml: '],
    ['version: 1', 'vresion: 1', 'there is no field vresion'],
  ])('with %s as %s are refused by name', (good, bad, line) => {
    writeFileSync(file('c.yaml'), config.includes(good) ? config.replace(good, bad) : bad)
    expect(() => readConfigFile(file('c.yaml'))).toThrow(line)
    expect(() => readConfigFile(file('c.yaml'))).toThrow(/^[^\n]+$/)
  })
})

describe('a local installation', () => {
  let password = ''
  let list = ''
  let key = ''

  it('is made by migrate, and by nothing before', async () => {
    const dry = await here('migrate', '--dry-run')
    expect(dry.stderr).toContain('$ wrangler d1 migrations apply DB --local --persist-to')
    expect((await here('staff', 'list')).stderr).toContain('npm run admin -- migrate')
    expect((await here('status')).stdout).toContain('not migrated')
    expect(existsSync(state)).toBe(false)
    expect((await here('migrate')).code).toBe(0)
  })

  it('takes people with any name', async () => {
    const name = `Robert'); DROP TABLE staff; -- /* "O'Neil" [x] 李`
    expect((await here('organisation', 'add', 'acme', `Acme'; DELETE FROM staff`)).code).toBe(0)
    const add = (...args: string[]) => here('staff', 'add', ...args, '--org', 'acme')
    const olga = await add('Olga@Acme.example', '--name', 'Olga', '--role', 'administrator')
    password = /shown this once: (\S+)/.exec(olga.stdout)?.[1] ?? ''
    expect(password).toHaveLength(23)
    const bob = ['bob@acme.example', '--name', name, '--role', 'agent']
    const { code, stdout, stderr } = await add(...bob)
    expect(code).toBe(0)
    expect(`${olga.stderr}${stdout}${stderr}`).not.toContain('scrypt$')
    expect(stderr).toContain('***')
    expect((await add('bob@acme.example', '--name', 'B', '--role', 'agent')).stderr).toContain(
      'bob@acme.example already',
    )
    list = (await here('staff', 'list')).stdout
    expect(list).toMatch(/^acme +olga +Olga +olga@acme\.example +administrator +yes$/m)
    expect(list).toContain(name)
    expect(list.trim().split('\n')).toHaveLength(3)
  })

  it('KY5 makes keys, shows them once and revokes them', async () => {
    const made = await here('keys', 'create', "The CRM's", '--org', 'acme', '--scopes', 'ops.read,config.read')
    const [, id = '', secret = ''] = /^Made the key (\S+) of acme\.\n.*: (prl_acme_\S{43})$/m.exec(made.stdout) ?? []
    expect(made.stderr).not.toContain(secret.slice(15))
    key = secret
    const revoke = () => here('keys', 'revoke', `${id}-x`, '--org', 'acme')
    expect((await revoke()).stderr).toContain(`There is no key ${id}-x`)
    const { stdout } = await here('keys', 'list')
    expect(stdout).toMatch(/^acme +key:\S+ +The CRM's +prl_acme_\S{6} +ops\.read,config\.read +never$/m)
  })

  it('is not changed by a dry run', async () => {
    const bob = 'bob@acme.example'
    const attempts = [
      ['staff', 'role', bob, 'supervisor'],
      ['staff', 'deactivate', bob],
      ['staff', 'password', bob],
      ['staff', 'add', 'eve@acme.example', '--org', 'acme', '--name', 'Eve', '--role', 'agent'],
      ['organisation', 'add', 'birch', 'Birch'],
      ['reset', '--yes'],
    ]
    for (const attempt of attempts) {
      const { code, stdout, stderr } = await here(...attempt, '--dry-run')
      expect([code, stdout]).toEqual([0, ''])
      expect(stderr).toMatch(/^\$ /)
    }
    expect((await here('staff', 'list')).stdout).toBe(list)
    expect((await here('organisation', 'list')).stdout).not.toContain('birch')
  })

  it('is served, set up and looked after', async () => {
    const port = await freePort()
    const server = await startServer({ port, stateDir: state, logFile: join(dir, 'server.log') })
    const asOlga = (...args: string[]) =>
      admin([...args, '--email', 'olga@acme.example', '--url', server.url], { env: { PARLEY_PASSWORD: password } })
    try {
      writeFileSync(file('acme.yaml'), config)
      const apply = (...args: string[]) => asOlga('config', 'apply', file('acme.yaml'), ...args)
      expect((await apply('--dry-run')).stderr).toContain(`$ PUT ${server.url}/api/v1/config`)
      expect((await asOlga('config', 'export')).stderr).toContain('404')
      expect((await apply()).stdout).toContain('Published version 1.')
      const exported = await asOlga('config', 'export', file('exported.yaml'))
      const exportedText = () => readFileSync(file('exported.yaml'), 'utf8')
      expect(exported.stdout).toContain('Wrote version 1')
      expect((await apply()).stdout).toContain('Nothing to do')

      writeFileSync(file('acme.yaml'), readFileSync(file('acme.yaml'), 'utf8').replace('Desk }', 'Front desk }'))
      expect((await asOlga('config', 'diff', file('acme.yaml'))).stdout).toBe(
        '~ queues.desk.name: "Desk" → "Front desk"\n',
      )
      expect((await apply()).stdout).toContain('Published version 2.')
      // What stood in the file beside its version is as it was.
      expect(readFileSync(file('acme.yaml'), 'utf8')).toBe(
        config.replace('version: 1', 'version: 2').replace('Desk }', 'Front desk }'),
      )
      const old = await asOlga('config', 'apply', file('exported.yaml'))
      expect(old.stderr).toContain('was made from version 1, but version 2 is published')
      expect((await asOlga('config', 'apply', file('exported.yaml'), '--force')).stdout).toContain('version 3')
      const back = await asOlga('config', 'return', '2', '--note', 'The desk is in front')
      expect(back.stdout).toBe('Published version 4, which says what version 2 says.\n')
      expect((await asOlga('config', 'diff', '3', '4')).stdout).toBe('~ queues.desk.name: "Desk" → "Front desk"\n')
      expect((await asOlga('config', 'diff', '2')).stdout).toBe('No differences.\n')
      const listed = (await asOlga('config', 'versions')).stdout
      expect(listed).toMatch(/^4 +\S+Z +Olga +back to 2: The desk is in front$/m)
      expect(listed.trim().split('\n')).toHaveLength(5)
      const third = await asOlga('config', 'export', '--version', '3')
      expect(third.stdout).toBe(exportedText().replace('version: 1', 'version: 3'))

      expect((await asOlga('stuck')).stdout).toContain('Nothing is stuck')
      const byKey = () => heldFetch(`${server.url}/api/v1/config`, { headers: { authorization: `Bearer ${key}` } })
      expect((await byKey()).status).toBe(200)
      const id = /key:\S+/.exec((await here('keys', 'list')).stdout)?.[0] ?? ''
      expect((await here('keys', 'revoke', id, '--org', 'acme')).stdout).toBe(`${id} is revoked.\n`)
      expect((await byKey()).status).toBe(401)
      const status = await here('status', '--url', server.url)
      expect(status.code).toBe(0)
      for (const fact of [/health: +well/, /DB: +up to date/, /SEARCH: +up to date/, /active staff: +2/])
        expect(status.stdout).toMatch(fact)
      // Beside a running server too: a new password ends what the old one opened.
      const changed = await admin(['staff', 'password', 'olga@acme.example', '--password-stdin', '--state', state], {
        input: 'ein ganz neues Wort\n',
      })
      expect(changed.stdout).toContain('has a new password')
      expect((await asOlga('stuck')).stderr).toContain('401')
      password = 'ein ganz neues Wort'
      expect((await asOlga('stuck')).code).toBe(0)
      await here('staff', 'deactivate', 'olga@acme.example')
      expect((await asOlga('stuck')).stderr).toContain('401')
    } finally {
      await server.stop()
    }
  })
})
