/** A recorded day through the what-if, beside what the same customers do with as many agents as it was asked about. */
import { Config } from '../../core/protocol/config.ts'
import { compare } from '../../core/whatif/compare.ts'
import { recorded } from '../../core/whatif/figures.ts'
import { type DayShape, recordedDay } from './recorded.ts'

const SEEDS = 4
const FEWER = 2
const targets = { within: 20_000, short: 5_000 }

interface Beside {
  readonly forecast: number
  readonly happened: number
}

/** As it was, and with two agents fewer. */
export interface Forecast {
  readonly contacts: number
  readonly asa: readonly [Beside, Beside]
  readonly abandonRate: readonly [Beside, Beside]
}

export function forecastOf(shape: DayShape, seed: number): Forecast {
  const traffic = recordedDay(shape, seed)
  const config = centre(shape.agents)
  const { whole } = compare({ traffic, config, change: { config, agents: { sales: -FEWER } }, targets }, SEEDS)
  const then = recorded(recordedDay({ ...shape, agents: shape.agents - FEWER }, seed), targets).whole
  const of = (measure: 'asa' | 'abandonRate') => {
    const { recorded: was, today, change } = whole.figures[measure]
    const beside = (forecast: number | undefined, happened: number | null): Beside => ({
      forecast: forecast ?? Number.NaN,
      happened: happened ?? Number.NaN,
    })
    return [beside(today?.mean, was), beside(change?.mean, then[measure])] as const
  }
  return { contacts: traffic.contacts.length, asa: of('asa'), abandonRate: of('abandonRate') }
}

function centre(agents: number) {
  const names = Array.from({ length: agents }, (_, n) => `a${n}`)
  return Config.parse({
    organisation: 'Bench',
    queues: { sales: { name: 'Sales' } },
    plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
    entrances: { chat: 'chat' },
    agents: Object.fromEntries(
      names.map((id) => [id, { name: id, queues: [{ queue: 'sales' }], capacity: { chat: 1 } }]),
    ),
  })
}
