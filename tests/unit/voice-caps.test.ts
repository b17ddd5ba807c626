/** The page on voice says what the dialects say. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { carrierNames, type Feature, features } from '../../worker/channels/voice/carrier.ts'
import { carriers } from '../../worker/channels/voice/carriers.ts'
import { readXml } from '../support/voice/xml.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/voice.md'), 'utf8')

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replace('|  |', '| |')

it('VO6 the table in docs/voice.md is that of the caps', () => {
  const all = carrierNames.map((name) => carriers[name])
  const lines = Object.entries(features).map(([feature, says]) =>
    row([says, ...all.map(({ caps }) => (caps[feature as Feature] ? 'yes' : 'no'))]),
  )
  const table = [row(['', ...all.map(({ title }) => title)]), row(['', ...all].map(() => '---')), ...lines].join('\n')
  expect(page).toContain(`<!-- caps -->\n${table}\n<!-- /caps -->`)
})

it('the fallback document of docs/voice.md is well-formed, and ends the call', () => {
  const [, document = ''] = /```xml\n(.*?)\n```/s.exec(page) ?? []
  const { name, children } = readXml(document)
  expect(name).toBe('Response')
  expect(children.map((child) => child.name)).toEqual(['Say', 'Hangup'])
})
