/** `npm run bench:routing`: what the choosing does in the long run, beside theory, and what it costs. Computation only. */
import { parseArgs } from 'node:util'
import { percentile } from '../stats.ts'
import { againstCobham, againstErlangA, againstErlangC, againstPool, type Effort, type Row, waitsOf } from './cases.ts'
import { forecastOf } from './forecast.ts'
import { comingTo, resort, type Speed, takingFrom } from './speed.ts'

/** A mean may lie this far from a closed form. */
const TOLERANCE = 0.03
/** How much dearer a decision may be with 100,000 waiting than with 1,000; and a slice of a re-sort, in ms. */
const DEARER = 3
const LONGEST = 50
/** The median error of the expected wait. */
const MOST_ERROR = 0.2

/** The mean error of the forecast ASA of a day: a day is one draw, and the forecast the mean of many. */
const MOST_FORECAST_ERROR = 0.2

interface Line {
  readonly text: string
  /** Absent: only told. */
  readonly isMet?: boolean
}
interface Part {
  readonly title: string
  readonly lines: (scale: number, seeds: number) => readonly Line[]
}

const parts: Readonly<Record<string, Part>> = {
  'erlang-c': beside('One group, everybody waits: Erlang C', 4_000_000, againstErlangC),
  'erlang-a': beside('One group, contacts leave: Erlang A', 4_000_000, againstErlangA),
  priorities: beside("Two classes of priority: Cobham's formulas", 12_000_000, againstCobham),
  skills: beside('Six skills, 90 agents at 84 erlang: the pooled group is the bound', 12_000_000, againstPool),
  estimates: { title: 'The expected wait, told as it begins, against the wait that came', lines: estimateLines },
  forecast: {
    title: 'What if: a day that the models have not made, forecast, and what happened',
    lines: forecastLines,
  },
  speed: { title: 'What a decision of the queue costs', lines: speedLines },
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, seeds: { type: 'string' } },
})
const chosen = Object.entries(parts).filter(([name]) => values.only?.split(',').includes(name) ?? true)
const seeds = Number(values.seeds ?? 3)
if (chosen.length === 0 || !Number.isInteger(seeds) || seeds < 1) {
  console.error(`--only takes some of ${Object.keys(parts).join(',')}; --seeds a number.`)
  process.exit(1)
}

let missed = 0
for (const [, { title, lines }] of chosen) {
  console.log(`\n${title}`)
  for (const { text, isMet } of lines(values.quick ? 0.05 : 1, seeds)) {
    if (isMet === false) missed += 1
    console.log(text)
  }
}
console.log(missed === 0 ? '\nAll within their bounds.' : `\n${missed} not within their bounds.`)
// A quick run shows that everything works; its intervals are too wide to judge by.
process.exit(missed === 0 || values.quick ? 0 : 1)

function beside(title: string, contacts: number, rows: (effort: Effort) => readonly Row[]): Part {
  return {
    title: `${title} (runs of ${contacts.toLocaleString('en')} contacts)`,
    lines: (scale, seeds) => rows({ contacts: contacts * scale, seeds }).map(judged),
  }
}

function judged({ what, unit, measured: { mean, half }, theory, most }: Row): Line {
  const show = (value: number) => (unit === '%' ? `${(value * 100).toPrecision(4)} %` : `${value.toPrecision(4)} s`)
  const away = mean / theory - 1
  const isInside = Math.abs(mean - theory) <= half
  const isMet = most === undefined ? isInside && Math.abs(away) <= TOLERANCE : away <= most
  const goal = most === undefined ? `inside the interval, within ${TOLERANCE * 100} %` : `at most ${most * 100} % above`
  const verdict = `${away < 0 ? '' : '+'}${(away * 100).toFixed(1)} %${isInside ? ', inside the interval' : ''}`
  const beside = `${show(mean)} ± ${show(half)}, theory ${show(theory)}: ${verdict}`
  return { isMet, text: `${what}: ${beside}  [${goal}: ${isMet ? 'met' : 'missed'}]` }
}

/** In busy hours, when it matters: 12 agents at 11.4 and at 11.8 erlang. Waits of a minute and more. */
function estimateLines(scale: number, seeds: number): readonly Line[] {
  return [11.4, 11.8].flatMap((load) => {
    const estimates = Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
      waitsOf(load, 300_000 * scale, seed),
    )
    const errors = (from: number, to: number) => {
      const some = estimates.filter(({ place }) => place >= from && place <= to)
      return percentile(
        some.map(({ range, wait }) => Math.abs(range.expected / wait - 1)),
        0.5,
      )
    }
    const inside = estimates.filter(({ range, wait }) => wait >= range.low && wait <= range.high).length
    const median = errors(1, Number.POSITIVE_INFINITY)
    const share = (value: number) => `${(value * 100).toFixed(1)} %`
    return [
      {
        text: `12 agents, ${load} erlang: median error ${share(median)}  [at most ${MOST_ERROR * 100} %]`,
        isMet: median <= MOST_ERROR,
      },
      {
        text: `  at places 1–5 ${share(errors(1, 5))}, 6–20 ${share(errors(6, 20))}, beyond ${share(errors(21, 1e9))}`,
      },
      {
        text: `  inside the range: ${share(inside / estimates.length)}, of ${estimates.length.toLocaleString('en')} waits`,
      },
    ]
  })
}

/** A day of eight hours with 12 agents, and the same customers with two agents fewer: what the record says, and the forecast. */
function forecastLines(scale: number, seeds: number): readonly Line[] {
  const shape = { begin: Date.UTC(2026, 10, 20, 8), hours: 8 * Math.max(scale, 0.1), agents: 12 }
  const people = { apart: 15_000, talk: 180_000, patience: 150_000 }
  const days = Array.from({ length: seeds }, (_, i) => forecastOf({ ...shape, ...people }, i + 1))
  const errors = days.flatMap(({ asa }) => asa.map(({ forecast, happened }) => Math.abs(forecast / happened - 1)))
  const mean = errors.reduce((sum, each) => sum + each, 0) / errors.length
  const share = (value: number) => `${(value * 100).toFixed(1)} %`
  return [
    ...days.flatMap(({ contacts, asa, abandonRate }, n) =>
      ['as it was', 'two agents fewer'].map((what, i) => {
        const [wait, left] = [asa[i], abandonRate[i]]
        const seconds = (value = Number.NaN) => `${(value / 1_000).toFixed(1)} s`
        return {
          text: `day ${n + 1}, ${contacts} contacts, ${what}: ASA ${seconds(wait?.forecast)}, happened ${seconds(wait?.happened)}; left ${share(left?.forecast ?? Number.NaN)}, happened ${share(left?.happened ?? Number.NaN)}`,
        }
      }),
    ),
    {
      text: `mean error of ASA: ${share(mean)}  [at most ${MOST_FORECAST_ERROR * 100} %]`,
      isMet: mean <= MOST_FORECAST_ERROR,
    },
  ]
}

function speedLines(scale: number): readonly Line[] {
  const decisions = 20_000 * scale
  const told = ({ median, p99 }: Speed) => `${median.toFixed(0)} µs, p99 ${p99.toFixed(0)} µs`
  const taking = [10, 1_000, 100_000].flatMap((waiting) =>
    [10, 1_000, 10_000].map((agents) => takingFrom(waiting, agents, decisions)),
  )
  const cost = (waiting: number, agents: number) =>
    taking.find((each) => each.waiting === waiting && each.agents === agents)?.median ?? Number.NaN
  const growth = Math.max(...[10, 1_000, 10_000].map((agents) => cost(100_000, agents) / cost(1_000, agents)))
  const sorts = [1_000, 100_000].map(resort)
  const longest = Math.max(...sorts.map((each) => each.longest))
  return [
    ...taking.map((each) => ({
      text: `${each.waiting} waiting, ${each.agents} agents: an agent asks, the contact leaves, another comes: ${told(each)}`,
    })),
    { text: `from 1,000 to 100,000 waiting: × ${growth.toFixed(2)}  [at most ${DEARER}]`, isMet: growth <= DEARER },
    ...[10, 1_000, 10_000].map((agents) => ({
      text: `nobody waiting, ${agents} agents idle: a contact comes, and leaves: ${told(comingTo(agents, decisions))}`,
    })),
    ...sorts.map(({ waiting, total, longest }) => ({
      text: `another order for ${waiting} waiting: ${total.toFixed(0)} ms, at most ${longest.toFixed(0)} ms at a stretch`,
    })),
    { text: `the longest stretch: ${longest.toFixed(0)} ms  [at most ${LONGEST} ms]`, isMet: longest <= LONGEST },
  ]
}
