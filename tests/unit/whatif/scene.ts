/** Days of a small centre, for tests. Times in seconds from the beginning of the day. */
import { Config, type ConfigInput } from '../../../core/protocol/config.ts'
import type { RoutingConfig, Traffic, TrafficContact } from '../../../core/protocol/whatif.ts'
import { Chance } from '../../../core/whatif/chance.ts'

export const begin = Date.UTC(2026, 10, 20, 8)
export const targets = { within: 20_000, short: 5_000 }

export function centre(agents: number, more: Partial<ConfigInput> = {}): RoutingConfig {
  return Config.parse({
    organisation: 'Acme',
    queues: { sales: { name: 'Sales' }, south: { name: 'South' } },
    plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
    entrances: { chat: 'chat' },
    agents: Object.fromEntries(
      Array.from({ length: agents }, (_, n) => [
        `a${n}`,
        { name: `Agent ${n}`, queues: [{ queue: 'sales' }, { queue: 'south' }], capacity: { chat: 1 } },
      ]),
    ),
    ...more,
  })
}

export function contact(at: number, more: Partial<TrafficContact> = {}): TrafficContact {
  return {
    ...{ at: begin + at * 1_000, plan: null, queue: null, medium: 'chat', via: 'sales', end: 'answered' },
    ...{ waited: 0, ring: 0, talk: 60_000, wrap: 0, ...more },
  }
}

export function day(contacts: readonly TrafficContact[], { agents = 0, hours = 1 } = {}): Traffic {
  const to = begin + hours * 3_600_000
  const shifts = Array.from({ length: agents }, (_, n) => ({ agent: `a${n}`, from: begin, to }))
  return { from: begin, to, contacts: [...contacts], shifts, occupied: [] }
}

/** Contacts come at random, `rate` a second, talk for `talk` s and would wait for `patience` s, both on average. */
export function busy(seed: number, { rate = 1 / 18, talk = 180, patience = 120, hours = 4 } = {}): TrafficContact[] {
  const chance = new Chance(seed)
  const contacts: TrafficContact[] = []
  for (let at = chance.exponential(1 / rate); at < hours * 3_600; at += chance.exponential(1 / rate)) {
    const left = chance.share() < 0.1
    contacts.push(
      left
        ? contact(at, { end: 'abandoned', waited: chance.exponential(patience * 1_000) * 0.1, talk: null, wrap: null })
        : contact(at, { talk: Math.round(chance.exponential(talk * 1_000)) }),
    )
  }
  return contacts
}
