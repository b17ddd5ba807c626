/** The configuration as a YAML file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { Config } from '../../core/protocol/config.ts'
import { readConfigFile, toYaml } from '../../scripts/lib/config-file.mjs'

const dir = mkdtempSync(join(tmpdir(), 'parley-config-'))
afterAll(() => rmSync(dir, { recursive: true }))

/** Texts that YAML could take for something else. */
const odd = fc.oneof(
  fc.constantFrom(
    'no',
    'null',
    '~',
    '1e3',
    '0x1f',
    '2026-12-25',
    '12:30',
    '- x',
    '# x',
    '{a: b}',
    '*a',
    '&a',
    '!a',
    '"',
    "'",
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.constantFrom('one\ntwo\n\nthree', 'a\r\nb', 'tab\there', 'x: y', '退款：请稍候', 'trailing\\', 'long '.repeat(40)),
)
const label = odd.map((text) => text.trim().slice(0, 80).trim()).filter((text) => text !== '')

describe('a configuration in a file', () => {
  it('BK7: comes back as it was, whatever its texts say', () => {
    fc.assert(
      fc.property(label, label, odd, fc.integer({ min: 1 }), (organisation, name, text, version) => {
        const config = Config.parse({
          organisation,
          queues: { on: { name }, '1': { name: 'Number' } },
          plans: {
            chat: { name, steps: [{ after: 0, queues: [{ queue: 'on' }] }], fallback: { after: 5, notice: text } },
          },
          entrances: { chat: 'chat' },
          agents: { null: { name, queues: [{ queue: '1' }] } },
          hours: { office: { zone: 'UTC', exceptions: { '2026-12-25': { name: name.slice(0, 80).trim() } } } },
          reasons: [name, 'yes'],
        })
        const file = join(dir, 'config.yaml')
        writeFileSync(file, toYaml({ version, config }))
        expect(readConfigFile(file)).toEqual({ version, config })
      }),
    )
  })
})
