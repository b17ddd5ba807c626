/** Flows as texts, and played line by line: FW9. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { flowToYaml, readFlow } from '../../core/flow/file.ts'
import { Flow } from '../../core/protocol/flow.ts'
import { playFlow } from '../../scripts/lib/flow-play.mjs'
import { anyFlow, around } from '../support/flows.ts'

const hotline = readFileSync(join(import.meta.dirname, '../fixtures/flows/hotline.yaml'), 'utf8')
const anything = { flows: {}, plans: null, hours: null, attributes: null, entrances: {} }
const read = (text: string, channel?: 'chat' | 'voice') =>
  readFlow(text, 'main', anything, channel).faults.map(
    ({ line, column, field, what }) => `${line}:${column} ${field}: ${what}`,
  )

it('FW9: a flow that is written and read again is the same', () => {
  fc.assert(
    fc.property(anyFlow(true), (input) => {
      const flow = Flow.parse(input)
      expect(readFlow(flowToYaml(flow), 'main', around({})).flow).toEqual(flow)
    }),
    { numRuns: 100 },
  )
})

it('FW9: every fault of a text has its line, be it the form, a field or what it leads to', () => {
  const text = 'name: Main\nstart: a\nnodes:\n  a:\n    do: say\n    text: Hello\n    next: b\n  b: { do: queue }\n'
  expect(read(text)).toEqual([])
  expect(read(text.replace('next: b', 'next: c'))).toEqual([
    '7:5 nodes.a.next: there is no node c',
    '8:3 nodes.b: nothing leads here',
  ])
  expect(read(text.replace('text: Hello', "text: ''"))[0]).toMatch(/^6:5 nodes\.a\.text: /)
  expect(read(text.replace('text: Hello', 'text: Hello\n    txet: Hello'))).toEqual([
    '7:5 nodes.a.txet: there is no such field',
  ])
  expect(read(text.replace('    do: say', '    do: sing'))[0]).toMatch(/^5:5 nodes\.a\.do: /)
  expect(read(text.replace('text: Hello', 'text: "Hello'))[0]).toMatch(/^\d+:\d+ : /)
  expect(read('')[0]).toMatch(/^1:1 /)
  expect(read(hotline, 'voice')).toEqual([])
  expect(read(hotline, 'chat').map((fault) => fault.split(': ')[0])).toEqual([
    '38:5 nodes.look.do',
    '59:5 nodes.desk.waiting',
    '67:14 nodes.message.do',
  ])
})

it('FW9: a flow can be played in the terminal', async () => {
  const { flow } = readFlow(hotline, 'main', anything)
  if (flow === null) throw new Error('it is in order')
  const play = async (lines: string[], isOpen = true) => {
    const said: string[] = []
    await playFlow({
      program: { flow: 'main', flows: { main: flow }, hours: {} },
      channel: 'voice',
      isOpen,
      values: { 'customer.name': 'Mia' },
      print: (line: string) => said.push(line.trim()),
      ask: async () => lines.shift() ?? null,
    })
    return said
  }
  const found = await play(['1', 'parcel', '12345', '{"order":{"state":"on its way"}}'])
  expect(found).toContain('Welcome, Mia.')
  expect(found.slice(-4)).toEqual(['Your order is on its way.', 'Goodbye.', '— hangup', '— over: hung up'])
  expect((await play(['2', '', '', '', '5'])).at(-1)).toBe('— over: the other end is gone')
  expect(await play(['1', ''], false)).toContain('— records, 120 s at the most')
})
