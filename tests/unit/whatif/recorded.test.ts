/** A day that the models have not made: its record is written to files, forecast by the command, and held against what happened. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { type DayShape, recordedDay, visits } from '../../../bench/centre/recorded.ts'
import { Config } from '../../../core/protocol/config.ts'
import type { Traffic, TrafficContact } from '../../../core/protocol/whatif.ts'
import { live } from '../../../core/whatif/centre.ts'
import { Chances } from '../../../core/whatif/chances.ts'
import { recorded } from '../../../core/whatif/figures.ts'
import { writeContacts, writeShifts } from '../../../core/whatif/file.ts'
import { contactsOf } from '../../../core/whatif/stays.ts'
import { toYaml } from '../../../scripts/lib/config-file.mjs'
import { whatIf } from '../../../scripts/lib/what-if.mjs'
import { begin, centre, targets } from './scene.ts'

const dir = mkdtempSync(join(tmpdir(), 'parley-recorded-'))
afterAll(() => rmSync(dir, { recursive: true }))

const shape: DayShape = { begin, hours: 1, agents: 10, apart: 18_000, talk: 180_000, patience: 150_000 }

function file(name: string, text: string): string {
  const path = join(dir, name)
  writeFileSync(path, text)
  return path
}

/** What the command says of a figure: of the day as it is, and as it would be. */
async function forecast(...args: string[]): Promise<(figure: string) => readonly number[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  await whatIf(args)
  const lines = log.mock.calls.map(([line]) => String(line)).join('\n')
  log.mockRestore()
  return (figure) => {
    const line = lines.split('\n').find((each) => each.startsWith(figure)) ?? ''
    return [...line.slice(figure.length).matchAll(/(-?[\d.]+)(?: ?%| s)? ±/g)].map(([, value]) => Number(value))
  }
}

function whatHappened(traffic: Traffic) {
  const { answered, abandonRate, asa } = recorded(traffic, targets).whole
  return { answered: answered ?? 0, abandonRate: abandonRate ?? 0, asa: asa ?? 0 }
}

it('WI4: a recorded day is forecast as it went, and with two agents fewer as it then goes', async () => {
  const day = recordedDay(shape, 11)
  const was = whatHappened(day)
  const then = whatHappened(recordedDay({ ...shape, agents: 8 }, 11))
  const figures = await forecast(
    ...['--day', file('traffic.csv', writeContacts(day.contacts))],
    ...['--agents', file('agents.csv', writeShifts(day.shifts))],
    ...['--config', file('config.yaml', toYaml({ version: 1, config: Config.parse(centre(10)) }))],
    ...['--crew', 'sales=-2', '--seeds', '2'],
  )
  // A day of an hour is one draw: so far it may lie from the mean of many.
  const [before = 0, after = 0] = figures('answered')
  expect(Math.abs(before / was.answered - 1)).toBeLessThan(0.08)
  expect(Math.abs(after / then.answered - 1)).toBeLessThan(0.08)
  const [leaving = 0, leavingThen = 0] = figures('abandon rate')
  expect(Math.abs(leaving / 100 - was.abandonRate)).toBeLessThan(0.08)
  expect(Math.abs(leavingThen / 100 - then.abandonRate)).toBeLessThan(0.08)
  const [asa = 0, asaThen = 0] = figures('ASA')
  expect(Math.abs((asaThen - asa) / ((then.asa - was.asa) / 1_000) - 1)).toBeLessThan(0.5)
})

const customers = visits(shape, 11)
/** The customers of the day themselves, in place of such as are drawn from its record. */
class Themselves extends Chances {
  override of(_seed: number, number: number) {
    const { talk = 0, patience = 0 } = customers[number] ?? {}
    return { patience, work: () => ({ ring: 0, talk, wrap: 0 }) }
  }
}

it('WI4: lived by its own customers, it comes out contact by contact as it was recorded', () => {
  const day = recordedDay(shape, 11)
  const lived = contactsOf(live(centre(10), day, new Themselves(day), 1).stays, day)
  expect(lived.length).toBeGreaterThan(150)
  // Whoever still waited when the day ended is in the record only.
  const outcome = ({ at, end, waited, via }: TrafficContact) => [at, end, waited, via]
  expect(lived.map(outcome)).toEqual(day.contacts.slice(0, lived.length).map(outcome))
})
