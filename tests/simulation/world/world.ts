/** The world of one seed: time, network, record and the homes of all actors; things happen in it one after another. */
import type { Packet } from '../../../core/engine/mail.ts'
import type { Link } from '../../../core/engine/ports.ts'
import type { ActorName } from '../../../core/ids.ts'
import { Random } from '../kit/random.ts'
import { Timeline } from '../kit/timeline.ts'
import { Trace } from '../kit/trace.ts'
import { Network } from '../ports/network.ts'
import { WorldRecord } from '../ports/record.ts'
import type { Fate } from './guarded-store.ts'
import type { Breakage, Outcome, Resident, Surroundings } from './home.ts'
import { describe, type Seen } from './observe.ts'
import { calm, type Weather } from './weather.ts'

/** Looks at the world after each commit, and whenever an alarm has rung. */
export interface Watcher {
  committed(home: Resident, seen: Seen | null): void
  rang?(home: Resident): void
  restored?(home: Resident): void
}

/** A rule that does not hold. */
export interface Violation {
  readonly rule: string
  readonly message: string
  readonly at: number
}

/** Makes the home of an actor, by its name. */
export type Cast = (around: Surroundings, name: ActorName) => Resident

const KEPT_LINES = 2_000
/** Far more than any pair here has to say in a second. */
const MOST_PACKETS = 60

export class World implements Surroundings {
  readonly timeline = new Timeline()
  readonly trace = new Trace(KEPT_LINES)
  readonly chance
  readonly network: Network
  readonly record: WorldRecord
  readonly faults = new Map<string, number>()
  readonly homes = new Map<ActorName, Resident>()
  readonly breakage: Breakage
  /** How often each actor has spoken to the record. */
  readonly told = new Map<ActorName, number>()
  weather: Weather
  counts: (rule: string) => boolean = () => true
  commits = 0
  steps = 0
  violation: Violation | null = null
  readonly #cast: Cast
  readonly #watchers: Watcher[] = []
  readonly #wounded = new Set<Resident>()
  readonly #packets = new Map<string, { second: number; times: number }>()
  #troubledUntil = 0

  constructor(seed: string, weather: Weather, cast: Cast, breakage: Breakage = {}) {
    const random = new Random(seed)
    this.weather = weather
    this.breakage = breakage
    this.#cast = cast
    const stream = (name: string) => random.fork(name)
    this.chance = { faults: stream('faults'), ids: stream('ids'), hops: stream('hops') }
    const shared = { timeline: this.timeline, weather: () => this.weather }
    const fault = (kind: string, detail: string) => this.#count(kind, detail)
    const deliver = (to: ActorName, packet: Packet) => this.#deliver(to, packet)
    this.network = new Network({ ...shared, random: stream('network'), deliver, fault })
    this.record = new WorldRecord({ ...shared, random: stream('record'), fault })
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher)
  }

  home(name: ActorName): Resident {
    const known = this.homes.get(name)
    if (known !== undefined) return known
    const home = this.#cast(this, name)
    this.homes.set(name, home)
    return home
  }

  /** Lets happen what is planned until then, or until a rule breaks. */
  async run(until: number): Promise<void> {
    while (this.violation === null && this.timeline.step(until)) {
      this.steps += 1
      // Promises resolve here and nowhere else: link answers, and what the engine does on them.
      for (let i = 0; i < 3; i++) await undefined
      for (const home of this.#wounded) home.bury()
      this.#wounded.clear()
      this.#evictSomebody()
    }
  }

  /** Nothing fails from now on, but perhaps the way to the record. */
  clearUp(recordAway: boolean): void {
    this.weather = { ...calm, skew: this.weather.skew, worldFails: recordAway ? 1 : 0 }
    this.trace.add(this.timeline.now, 'the weather clears')
  }

  /** Cuts and outages, second by second. */
  startWeather(until: number): void {
    const tick = () => {
      if (this.timeline.now > until) return
      const { faults } = this.chance
      const names = [...this.homes.keys()]
      if (names.length > 1 && faults.chance(this.weather.cut)) {
        const [a, b] = faults.shuffled(names)
        if (a !== undefined && b !== undefined)
          this.network.cut(a, b, this.timeline.now + faults.between(0, this.weather.cutFor))
      }
      if (faults.chance(this.weather.outage)) this.#outage()
      this.timeline.after(1_000, tick)
    }
    this.timeline.after(1_000, tick)
  }

  hop(): number {
    const [least, most] = this.weather.hop
    return this.chance.hops.between(least, most)
  }

  alarmLate(): number {
    return this.chance.hops.between(1, Math.max(2, this.weather.alarmLate))
  }

  fate(): { fate: Fate; after: number } {
    const { faults } = this.chance
    const { killBefore, killAfter, refuse } = this.weather
    const roll = faults.next()
    const after = faults.int(0, 6)
    if (roll < killBefore) return { fate: 'killed before', after }
    if (roll < killBefore + killAfter) return { fate: 'killed after', after }
    if (roll < killBefore + killAfter + refuse) return { fate: 'refused', after }
    return { fate: 'kept', after }
  }

  downFor(): number {
    const { faults } = this.chance
    return faults.chance(0.5) ? 0 : faults.between(0, this.weather.down)
  }

  skew(): number {
    return Math.round(this.chance.faults.between(-this.weather.skew, this.weather.skew))
  }

  link(home: Resident, alive: () => boolean): Link {
    const never = new Promise<never>(() => {})
    return {
      toActor: (to, packet) => {
        this.#countPacket(`${home.name}>${to}`)
        return alive() ? this.network.send(home.name, to, packet, alive) : never
      },
      toWorld: (items) => {
        this.told.set(home.name, (this.told.get(home.name) ?? 0) + 1)
        return alive() ? this.record.carry(items, alive) : never
      },
    }
  }

  committed(home: Resident, seen: Seen | null): void {
    this.commits += 1
    this.trace.add(this.timeline.now, `${home.address.kind}/${home.address.id} ${describe(seen)}`)
    if (this.violation !== null) return
    for (const watcher of this.#watchers) watcher.committed(home, seen)
  }

  fault(kind: string, home: Resident): void {
    this.#wounded.add(home)
    this.#count(kind, home.name)
  }

  bug(error: unknown, where: string): void {
    this.fail('no bugs', `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }

  rang(home: Resident): void {
    for (const watcher of this.#watchers) watcher.rang?.(home)
  }

  restored(home: Resident): void {
    this.#count('restored', home.name)
    for (const watcher of this.#watchers) watcher.restored?.(home)
  }

  /** The first rule that breaks ends the run, if it is one that counts here. */
  fail(rule: string, message: string): void {
    if (this.violation !== null || !this.counts(rule)) return
    this.violation = { rule, message, at: this.timeline.now }
    this.trace.add(this.timeline.now, `${rule} IS BROKEN: ${message}`)
  }

  /** H1: nothing goes round in circles. */
  #countPacket(pair: string): void {
    const second = Math.floor(this.timeline.now / 1_000)
    const known = this.#packets.get(pair)
    const times = known?.second === second ? known.times + 1 : 1
    this.#packets.set(pair, { second, times })
    if (times > MOST_PACKETS) this.fail('H1', `${pair} sent ${times} packets in a second`)
  }

  #deliver(to: ActorName, packet: Packet): Outcome<number> {
    const arrived = this.breakage.packet?.(packet, this.chance.hops) ?? packet
    return this.home(to).enter((actor) => actor.receive(arrived))
  }

  /** One trouble at a time: the bound of Q3 in this weather stands on it. */
  #outage(): void {
    const { faults } = this.chance
    const now = this.timeline.now
    if (now < this.#troubledUntil) return
    const of = (kind: string) => [...this.homes.values()].filter(({ address }) => address.kind === kind)
    const [agents, queues, conversations] = [of('agent'), of('queue'), of('conversation')]
    if (agents.length === 0 || queues.length === 0) return
    if (faults.chance(0.5) && conversations.length > 0) {
      this.#troubledUntil = now + faults.between(0, this.weather.cutFor)
      const pair = [faults.pick(agents).name, faults.pick(conversations).name] as const
      const [from, to] = faults.chance(0.5) ? pair : ([pair[1], pair[0]] as const)
      return this.network.cut(from, to, this.#troubledUntil)
    }
    const home = faults.pick(faults.chance(0.6) ? agents : queues)
    const down = faults.between(0, this.weather.down)
    this.#troubledUntil = now + down
    this.#count('outage', home.name)
    home.crash(down)
  }

  #evictSomebody(): void {
    const { faults } = this.chance
    if (!faults.chance(this.weather.evict)) return
    const homes = [...this.homes.values()]
    if (homes.length === 0) return
    const home = faults.pick(homes)
    // As long as nothing fails the platform keeps an actor that waits for an answer.
    if (this.weather.network === 'storm' || !this.network.isCalling(home.name)) home.evict()
  }

  #count(kind: string, detail: string): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1)
    this.trace.add(this.timeline.now, `* ${kind} ${detail}`)
  }
}
