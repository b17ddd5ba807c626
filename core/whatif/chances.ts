/**
 * What a simulated contact brings along, drawn from what was measured. Each contact has chance of its own, by the seed and its
 * number alone: under two plans the same customer is as patient and talks as long, so that what differs is the plans' doing.
 */
import type { Traffic, TrafficContact } from '../protocol/whatif.ts'
import { Chance } from './chance.ts'
import { Patience } from './patience.ts'

/** In ms. */
export interface Work {
  readonly ring: number
  readonly talk: number
  readonly wrap: number
}

/** With fewer measured talks than this a queue's are drawn from those of all queues. */
const FEW_TALKS = 10

export class Chances {
  readonly patience: Patience
  /** Measured work by queue, the shortest talk first; under '' that of all. */
  readonly #work: ReadonlyMap<string, readonly Work[]>

  constructor({ contacts }: Traffic) {
    this.patience = new Patience(contacts.map(({ waited, end }) => ({ waited, left: end === 'abandoned' })))
    const measured = contacts.filter(({ talk }) => talk !== null)
    const by = Map.groupBy(measured, ({ via }) => via ?? '')
    by.set('', measured)
    this.#work = new Map([...by].map(([queue, some]) => [queue, some.map(workOf).sort((a, b) => a.talk - b.talk)]))
  }

  of(seed: number, number: number): ContactChances {
    const chance = new Chance(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
    const patience = this.patience.at(1 - chance.share())
    const share = chance.share()
    return { patience, work: (queue) => this.#drawn(queue, share) }
  }

  #drawn(queue: string, share: number): Work {
    const own = this.#work.get(queue) ?? []
    const some = own.length < FEW_TALKS ? (this.#work.get('') ?? own) : own
    return some[Math.floor(share * some.length)] ?? { ring: 0, talk: 0, wrap: 0 }
  }
}

export interface ContactChances {
  /** In ms; infinite: never leaves. */
  readonly patience: number
  /** The work it makes when it is answered out of this queue. */
  readonly work: (queue: string) => Work
}

const workOf = ({ ring, talk, wrap }: TrafficContact): Work => ({ ring: ring ?? 0, talk: talk ?? 0, wrap: wrap ?? 0 })
