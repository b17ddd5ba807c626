/** The actor lane's Link over a network that drops, doubles, delays, reorders and cuts: packets as well as answers. */
import type { Packet } from '../../../core/engine/mail.ts'
import type { ActorName } from '../../../core/ids.ts'
import type { Random } from '../kit/random.ts'
import type { Timeline } from '../kit/timeline.ts'
import type { Outcome } from '../world/home.ts'
import type { Weather } from '../world/weather.ts'

/** What the network needs of its world. */
export interface Wiring {
  readonly timeline: Timeline
  readonly random: Random
  weather(): Weather
  deliver(to: ActorName, packet: Packet): Outcome<number>
  fault(kind: string, detail: string): void
}

/** After this long without an answer the platform gives a call up, in ms. */
const GIVEN_UP = 10_000

export class Network {
  readonly #wiring: Wiring
  readonly #cutUntil = new Map<string, number>()
  readonly #calls = new Map<ActorName, number>()

  constructor(wiring: Wiring) {
    this.#wiring = wiring
  }

  /** True while this actor waits for an answer. */
  isCalling(name: ActorName): boolean {
    return (this.#calls.get(name) ?? 0) > 0
  }

  /** Nothing goes from `a` to `b` until then. The way back is cut on its own. */
  cut(a: ActorName, b: ActorName, until: number): void {
    this.#cutUntil.set(`${a}>${b}`, until)
    this.#wiring.fault('pair cut', `${a}>${b} until ${Math.round(until)}`)
  }

  isCut(a: ActorName, b: ActorName): boolean {
    return (this.#cutUntil.get(`${a}>${b}`) ?? 0) > this.#wiring.timeline.now
  }

  /** One packet; `alive` tells whether its sender still lives to hear the answer. */
  send(from: ActorName, to: ActorName, packet: Packet, alive: () => boolean): Promise<number> {
    const text = JSON.stringify(packet)
    const { random } = this.#wiring
    const weather = this.#wiring.weather()
    this.#call(from, 1)
    const call = new Promise<number>((resolve, reject) => {
      const lost = (why: string) => {
        if (random.chance(weather.hang)) return
        this.#later(random.between(0, GIVEN_UP), () => {
          this.#call(from, -1)
          if (alive()) reject(new Error(why))
        })
      }
      const answer = (cursor: number) => {
        if (this.#loses(to, from, 'answer')) return lost('the answer was lost')
        this.#later(this.#hop(), () => {
          this.#call(from, -1)
          if (alive()) resolve(cursor)
        })
      }
      const arrive = (answered: (cursor: number) => void) => {
        const outcome = this.#wiring.deliver(to, JSON.parse(text))
        if (outcome.ok) answered(outcome.value)
        else lost(`the receiver is ${outcome.why}`)
      }
      if (random.chance(weather.duplicate)) {
        this.#wiring.fault('packet doubled', `${from}>${to}`)
        this.#later(random.between(0, weather.duplicateLate), () => arrive(() => {}))
      }
      if (this.#loses(from, to, 'packet')) return lost('the packet was lost')
      this.#later(this.#hop(), () => arrive(answer))
    })
    return call
  }

  #loses(from: ActorName, to: ActorName, what: string): boolean {
    const dropped = this.#wiring.random.chance(this.#wiring.weather().drop)
    if (!dropped && !this.isCut(from, to)) return false
    this.#wiring.fault(`${what} ${dropped ? 'dropped' : 'cut off'}`, `${from}>${to}`)
    return true
  }

  #hop(): number {
    const { random } = this.#wiring
    const { hop, slow, slowHop } = this.#wiring.weather()
    if (random.chance(slow)) return random.between(hop[1], slowHop)
    return random.between(hop[0], hop[1])
  }

  #later(delay: number, work: () => void): void {
    this.#wiring.timeline.after(delay, work)
  }

  #call(name: ActorName, change: 1 | -1): void {
    this.#calls.set(name, (this.#calls.get(name) ?? 0) + change)
  }
}
