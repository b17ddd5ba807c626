/** What the choosing is held against: closed forms where there are any, the pooled group where there are none. */
import type { QueueConfig } from '../../core/protocol/config.ts'
import { byAge, type ContactOrder } from '../../core/routing/contacts.ts'
import { type Group, patient } from '../../core/theory/erlang.ts'
import { impatient } from '../../core/theory/impatience.ts'
import { byPriority, meanWait } from '../../core/theory/priority.ts'
import { type Outcome, type Scenario, simulate } from './centre.ts'
import { type Estimate, together } from './estimate.ts'

/** A measured figure beside the theory's. */
export interface Row {
  readonly what: string
  readonly unit: 's' | '%'
  readonly measured: Estimate
  readonly theory: number
  /** Above the theory by at most this share, where there is only a bound. */
  readonly most?: number
}

export interface Effort {
  /** Contacts in each run, and runs of different chance. */
  readonly contacts: number
  readonly seeds: number
}

const anyone = { level: 0, skills: {} }
const longestIdle: QueueConfig['agentOrder'] = [{ by: 'idle', direction: 'asc' }]
const strictly: ContactOrder = { by: 'list', list: [{ by: 'priority', direction: 'desc' }] }

/** One group, everybody waits: Erlang C. */
export function againstErlangC(effort: Effort): readonly Row[] {
  const groups: readonly Group[] = [
    { agents: 14, rate: 10 / 180, handle: 180 },
    { agents: 55, rate: 48 / 240, handle: 240 },
  ]
  return groups.flatMap((group) => {
    const { mean, within } = patient(group)
    const runs = play({ ...pooled(group), target: 20 }, effort)
    const name = `${group.agents} agents, ${Math.round(group.rate * group.handle)} erlang`
    return [
      row(`${name}: mean wait`, 's', runs, ({ wait }) => wait, mean),
      row(`${name}: answered within 20 s`, '%', runs, ({ level }) => level, within(20)),
    ]
  })
}

/** One group, contacts leave: Erlang A. */
export function againstErlangA(effort: Effort): readonly Row[] {
  const groups: readonly (Group & { readonly patience: number })[] = [
    { agents: 12, rate: 100 / 1_800, handle: 180, patience: 120 },
    { agents: 50, rate: 48 / 60, handle: 60, patience: 120 },
  ]
  return groups.flatMap((group) => {
    const { mean, abandoned, level } = impatient(group)
    const runs = play({ ...pooled(group), patience: group.patience, target: 20 }, effort)
    const name = `${group.agents} agents, patience ${group.patience} s`
    return [
      row(`${name}: leave`, '%', runs, (run) => run.abandoned, abandoned),
      row(`${name}: mean wait`, 's', runs, ({ wait }) => wait, mean),
      row(`${name}: answered within 20 s, of offered`, '%', runs, (run) => run.level, level(20).ofOffered),
    ]
  })
}

/** Two classes of priority: Cobham, and the mean that no order changes. */
export function againstCobham(effort: Effort): readonly Row[] {
  const rates = [2, 6]
  const [first = 0, second = 0] = byPriority(10, 1, rates)
  const mean = meanWait(rates, [first, second])
  const kinds = rates.map((rate, i) => ({ rate, need: anyone, priority: rates.length - i }))
  const scenario = { ...pooled({ agents: 10, rate: 8, handle: 1 }), kinds, target: 1 }
  const strict = play({ ...scenario, order: strictly }, effort)
  const score = play({ ...scenario, order: byAge }, effort)
  return [
    row('strict list: the first class waits', 's', strict, ({ waitOf }) => waitOf[0], first),
    row('strict list: the second class waits', 's', strict, ({ waitOf }) => waitOf[1], second),
    row('strict list: all together', 's', strict, ({ wait }) => wait, mean),
    row('score, a minute of age a point: all together', 's', score, ({ wait }) => wait, mean),
  ]
}

/** Waits of one group of twelve that is nearly full, each with what was expected of it. Handle times are five minutes on average. */
export function waitsOf(load: number, contacts: number, seed: number): Outcome['estimates'] {
  const group = { agents: 12, rate: load / 300, handle: 300 }
  return simulate({ ...pooled(group), target: 20, estimates: true }, contacts, seed).estimates
}

const TYPES = 6
/** Ten of the twenty triples of six, in which every two of six meet twice: a block design 2-(6, 3, 2). */
const design = new Set(['012', '013', '024', '035', '045', '125', '134', '145', '234', '235'])

/** Six kinds of contacts, ninety agents with few skills each, beside one group in which everybody can do everything. */
export function againstPool(effort: Effort): readonly Row[] {
  const { mean } = patient({ agents: 90, rate: (TYPES * 14) / 600, handle: 600 })
  const kinds = Array.from({ length: TYPES }, (_, i) => ({
    rate: 14 / 600,
    need: { level: 0, skills: { [skill(i)]: 1 } },
  }))
  const types = Array.from({ length: TYPES }, (_, i) => i)
  const scenario = (agents: Scenario['agents']): Scenario => ({
    kinds,
    agents,
    handle: 600,
    order: byAge,
    agentOrder: longestIdle,
    target: 20,
  })
  const subsets = (size: number): number[][] =>
    size === 0
      ? [[]]
      : subsets(size - 1).flatMap((some) => types.filter((t) => t > (some.at(-1) ?? -1)).map((t) => [...some, t]))
  const crew = (groups: readonly (readonly number[])[], size: (group: readonly number[]) => number) =>
    groups.flatMap((group) => Array.from({ length: size(group) }, () => able(group)))
  const chain = types.map((i) => [i, (i + 1) % TYPES])
  const cases: readonly [string, Scenario['agents'], number][] = [
    ['two skills each, over all pairs', crew(subsets(2), () => 6), 0.25],
    ['two skills each, a simple chain', crew(chain, () => 15), 0.4],
    ['three skills each, over all triples', crew(subsets(3), (group) => (design.has(group.join('')) ? 5 : 4)), 0.08],
    ['all six skills', crew([types], () => 90), 0.03],
  ]
  return cases.map(([what, agents, most]) => ({
    ...row(`${what}: mean wait`, 's', play(scenario(agents), effort), ({ wait }) => wait, mean),
    most,
  }))
}

const skill = (type: number) => `s${type}`
const able = (types: readonly number[]) => Object.fromEntries(types.map((type) => [skill(type), 1]))

function pooled({ agents, rate, handle }: Group): Omit<Scenario, 'target'> {
  return {
    kinds: [{ rate, need: anyone }],
    agents: Array.from({ length: agents }, () => ({})),
    handle,
    order: byAge,
    agentOrder: longestIdle,
  }
}

function play(scenario: Scenario, { contacts, seeds }: Effort): readonly Outcome[] {
  return Array.from({ length: seeds }, (_, i) => simulate(scenario, contacts, i + 1))
}

function row(
  what: string,
  unit: Row['unit'],
  runs: readonly Outcome[],
  pick: (run: Outcome) => Estimate | undefined,
  theory: number,
): Row {
  return { what, unit, measured: together(runs.flatMap((run) => pick(run) ?? [])), theory }
}
