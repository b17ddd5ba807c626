/** `npm run simulate -- --day …` */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { Config } from '../../../core/protocol/config.ts'
import { writeContacts, writeShifts } from '../../../core/whatif/file.ts'
import { toYaml } from '../../../scripts/lib/config-file.mjs'
import { whatIf } from '../../../scripts/lib/what-if.mjs'
import { centre, contact, day } from './scene.ts'

const dir = mkdtempSync(join(tmpdir(), 'parley-what-if-'))
afterAll(() => rmSync(dir, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(dir, name)
  writeFileSync(path, text)
  return path
}

const contacts = Array.from({ length: 8 }, (_, n) => contact(n * 60, { talk: 50_000 }))
const traffic = file('traffic.csv', writeContacts(contacts))
const agents = file('agents.csv', writeShifts(day([], { agents: 2 }).shifts))
const config = file('config.yaml', toYaml({ version: 1, config: Config.parse(centre(2)) }))

async function told(...args: string[]): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  await whatIf(args)
  const lines = log.mock.calls.map(([line]) => String(line))
  log.mockRestore()
  return lines.join('\n')
}

describe('npm run simulate -- --day', () => {
  it('WI7: tells what fewer agents and another plan would do', async () => {
    const steps = [
      { after: 0, queues: [{ queue: 'sales' }] },
      { after: 5_000, end: 'Nobody is free.' },
    ]
    const plan = file('plan.json', JSON.stringify({ chat: { name: 'Chat', steps } }))
    const day = ['--day', traffic, '--config', config, '--agents', agents, '--seeds', '2']
    const text = await told(...day, '--plan', plan, '--crew', 'sales=-2')
    expect(text).toMatch(/^answered +8 +8 ± 0 +0 ± 0 +-8 ± 0$/m)
    expect(text).toMatch(/^flowed out +0 +0 ± 0 +8 ± 0 +8 ± 0$/m)
    expect(text).toMatch(/^2026-11-20 08:00 /m)
    expect(text).toContain('only 8 talks were measured')
  })

  it.each([
    [['--day', traffic], 'Say how it is routed today'],
    [['--day', join(dir, 'none.csv'), '--config', config], 'There is no file'],
    [['--day', config, '--config', config], 'config.yaml: line 1, column version: 1: is not known'],
    [['--day', traffic, '--config', config, '--crew', 'north=1'], 'there is no queue north'],
    [
      ['--day', traffic, '--config', config, '--plan', file('bad.json', '{"chat":{"name":"","steps":[]}}')],
      'bad.json: plans.chat',
    ],
    [['--day', traffic, '--config', config, '--plan', file('no.json', '{')], 'no.json: '],
  ])('WI7: says what is wrong: %j', async (args, message) => {
    await expect(whatIf(args)).rejects.toThrow(message)
  })
})
