/**
 * Where an actor lives: its storage and its alarm outlast its lives, its memory and the machine do not. A life ends by
 * eviction (memory gone, sockets kept) or by a crash (whatever the turn wanted to say is lost).
 */
import { Actor } from '../../../core/engine/actor.ts'
import { type KeptPage, putPage, takePage } from '../../../core/engine/keeping.ts'
import type { Packet } from '../../../core/engine/mail.ts'
import type { Model } from '../../../core/engine/model.ts'
import type { Clock, Link, Store } from '../../../core/engine/ports.ts'
import { type ActorName, type Address, parseAddress } from '../../../core/ids.ts'
import type { Principal } from '../../../core/protocol/principal.ts'
import { MemoryStore } from '../../support/store.ts'
import { type Random, ulid } from '../kit/random.ts'
import type { Planned, Timeline } from '../kit/timeline.ts'
import { type Shore, SimSocket, type Wire } from '../ports/socket.ts'
import { Dead, type Fate, GuardedStore, StorageRefused } from './guarded-store.ts'
import { type Memory, observe, type Seen } from './observe.ts'

/** Real time of the simulation's beginning, in ms since 1970. */
export const BEGAN = 1_800_000_000_000
/** After this long the platform tries an alarm again whose handler died, in ms. */
const ALARM_RETRY = 2_000

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'down' | 'crashed' | 'threw' }

/** An actor's home, whatever its model. */
export interface Resident {
  readonly name: ActorName
  readonly address: Address
  readonly disk: MemoryStore
  readonly sockets: readonly SimSocket[]
  readonly alarmAt: number | null
  /** Real time until which the machine is away, in ms. */
  readonly downUntil: number
  /** The model's state as the present life has it in memory. */
  readonly memory: Memory
  /** Rows written so far. */
  readonly changes: number
  /** How often its machine has died, or its storage has refused a commit. */
  readonly crashes: number
  readonly refusals: number
  /** The actor's clock. */
  now(): number
  enter<T>(work: (actor: Actor<unknown>) => T): Outcome<T>
  connect(principal: Principal, wire: Wire): { socket: SimSocket } | { refused: string }
  evict(): void
  crash(down: number): void
  /** Ends a life that died outside of {@link enter}. */
  bury(): void
  /** The storage is lost with all that is in it, and put back from a backup of this very moment, beside all the others. */
  restore(): void
}

/** What a home needs of the world around it. */
export interface Surroundings {
  readonly timeline: Timeline
  readonly chance: { readonly faults: Random; readonly ids: Random; readonly hops: Random }
  hop(): number
  alarmLate(): number
  fate(home: Resident): { fate: Fate; after: number }
  /** How long a machine that dies now stays away, and how wrong its successor's clock is. */
  downFor(): number
  skew(): number
  link(home: Resident, alive: () => boolean): Link
  committed(home: Resident, seen: Seen | null): void
  fault(kind: string, home: Resident): void
  bug(error: unknown, where: string): void
  rang(home: Resident): void
  /** Its storage holds the backup's pages and nothing else; what it says to that comes next. */
  restored(home: Resident): void
  /** Ports that are broken on purpose; see broken.ts. */
  readonly breakage: Breakage
}

/** Breaks a port, so that a rule must show it. */
export interface Breakage {
  readonly store?: (store: Store) => Store
  readonly clock?: (clock: Clock) => Clock
  readonly packet?: (packet: Packet, random: Random) => Packet
}

interface Life<S> {
  actor: Actor<S> | null
  dead: boolean
  mute: boolean
}

export class Home<S> implements Resident {
  readonly name: ActorName
  readonly address: Address
  readonly disk = new MemoryStore()
  readonly #around: Surroundings
  readonly #model: Model<S>
  #life: Life<S> | null = null
  #sockets: SimSocket[] = []
  #socketCount = 0
  #skew: number
  #downUntil = 0
  #crashes = 0
  #isSpared = false
  #refusals = 0
  #alarmAt: number | null = null
  #alarm: Planned | null = null
  #seen: Seen | null = null
  #memory: Memory = new Map()

  constructor(around: Surroundings, name: ActorName, model: Model<S>) {
    this.#around = around
    this.name = name
    this.address = parseAddress(name)
    this.#skew = around.skew()
    this.#model = observe(model, {
      seen: (seen) => {
        this.#seen = seen
      },
      opened: (memory) => {
        this.#memory = memory
      },
    })
  }

  get sockets(): readonly SimSocket[] {
    return this.#sockets
  }

  get alarmAt(): number | null {
    return this.#alarmAt
  }

  get downUntil(): number {
    return this.#downUntil
  }

  get refusals(): number {
    return this.#refusals
  }

  get crashes(): number {
    return this.#crashes
  }

  get changes(): number {
    return Number(this.disk.exec('SELECT total_changes() AS n')[0]?.n)
  }

  get memory(): Memory {
    return this.#memory
  }

  now(): number {
    return Math.floor(BEGAN + this.#around.timeline.now + this.#skew)
  }

  enter<T>(work: (actor: Actor<S>) => T): Outcome<T> {
    if (this.#around.timeline.now < this.#downUntil) return { ok: false, why: 'down' }
    let outcome: Outcome<T>
    try {
      outcome = { ok: true, value: work(this.#awake()) }
    } catch (error) {
      this.#seen = null
      if (!(error instanceof Dead) && !(error instanceof StorageRefused)) this.#around.bug(error, this.name)
      outcome = { ok: false, why: 'threw' }
    }
    const life = this.#life
    if (life === null || (!life.dead && !life.mute)) return outcome
    this.bury()
    return { ok: false, why: 'crashed' }
  }

  connect(principal: Principal, wire: Wire): { socket: SimSocket } | { refused: string } {
    const before = this.#sockets
    const opened = this.enter((actor) => {
      const audience = actor.admit(principal)
      if (!audience.ok) return { refused: audience.error.code }
      this.#socketCount += 1
      const socket = new SimSocket(this.#shore(), wire, `s${this.#socketCount}`, principal, audience.value)
      this.#sockets = [...this.#sockets, socket]
      actor.opened()
      return { socket }
    })
    if (opened.ok) return opened.value
    // The shell closes what it could not greet.
    if (opened.why === 'threw') this.#sockets = before
    return { refused: opened.why }
  }

  evict(): void {
    if (this.#life === null) return
    this.#life.dead = true
    this.#life = null
    this.#around.fault('evicted', this)
  }

  crash(down: number): void {
    if (this.#life !== null) this.#life.dead = true
    this.#life = null
    this.#crashes += 1
    this.#downUntil = this.#around.timeline.now + down
    this.#skew = this.#around.skew()
    const torn = this.#sockets
    this.#sockets = []
    for (const socket of torn) socket.tear()
    this.#planAlarm()
  }

  bury(): void {
    const life = this.#life
    if (life === null || (!life.dead && !life.mute)) return
    this.crash(this.#around.downFor())
  }

  restore(): void {
    const pages = [...this.#backup()]
    this.crash(0)
    this.#alarmAt = null
    this.#planAlarm()
    const tables = this.disk.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migrations'")
    for (const { name } of tables) this.disk.exec(`DELETE FROM ${name}`)
    for (const page of pages) putPage(this.disk, page)
    this.#around.restored(this)
    // The platform commits the last page and what follows from it as one.
    this.#isSpared = true
    this.enter((actor) => actor.decide((state, turn) => this.#model.revive?.(state, turn)))
    this.#isSpared = false
  }

  *#backup(): Iterable<KeptPage> {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: KeptPage = takePage(this.disk, this.#model.lasting ?? [], cursor)
      yield page
      cursor = page.next
    }
  }

  #awake(): Actor<S> {
    const known = this.#life?.actor
    if (known != null) return known
    const life: Life<S> = { actor: null, dead: false, mute: false }
    this.#life = life
    const { breakage } = this.#around
    const guarded = new GuardedStore(this.disk, {
      dead: () => life.dead,
      // Migrations come before the actor is there: they may die like everything else.
      fate: () => (this.#isSpared ? { fate: 'kept', after: 0 } : this.#around.fate(this)),
      committed: (fate) => {
        if (fate === 'killed after') {
          life.mute = true
          this.#around.fault('killed after a commit', this)
        }
        const seen = this.#seen
        this.#seen = null
        if (life.actor !== null) this.#around.committed(this, seen)
      },
      failed: (fate) => {
        this.#seen = null
        if (fate === 'killed before') life.dead = true
        else this.#refusals += 1
        this.#around.fault(fate === 'refused' ? 'storage refused' : 'killed before a commit', this)
      },
    })
    const store = breakage.store?.(guarded) ?? guarded
    const clock = breakage.clock?.(this.#clock(life)) ?? this.#clock(life)
    const link = this.#around.link(this, () => !life.dead && !life.mute)
    const report = (error: unknown, where: string) => {
      if (error instanceof Dead || error instanceof StorageRefused) return
      this.#around.bug(error, where)
    }
    const sockets = { all: () => this.#sockets.filter((socket) => socket.open) }
    const actor = new Actor(this.name, this.#model, { store, link, clock, sockets, report })
    life.actor = actor
    return actor
  }

  #clock(life: Life<S>): Clock {
    return {
      now: () => this.now(),
      newId: () => ulid(this.now(), this.#around.chance.ids),
      wake: (at) => {
        // Asked for the same instant again, the platform does not begin to be late anew.
        if (life.dead || (at === this.#alarmAt && this.#alarm !== null)) return
        this.#alarmAt = at
        this.#planAlarm()
      },
      nudge: (at) => {
        const nudge = () => {
          if (!life.dead && !life.mute) this.enter((actor) => actor.nudged())
        }
        this.#around.timeline.at(Math.max(at - BEGAN - this.#skew, this.#around.timeline.now) + 1, nudge)
      },
    }
  }

  #planAlarm(earliest = 0): void {
    if (this.#alarm !== null) this.#alarm.off = true
    this.#alarm = null
    if (this.#alarmAt === null) return
    const due = this.#alarmAt - BEGAN - this.#skew
    const { timeline } = this.#around
    const at = Math.max(due + this.#around.alarmLate(), timeline.now + 1, this.#downUntil, earliest)
    this.#alarm = timeline.at(at, () => this.#ring())
  }

  #ring(): void {
    const asked = this.#alarmAt
    this.#alarmAt = null
    this.#alarm = null
    const outcome = this.enter((actor) => actor.alarm())
    if (outcome.ok) return this.#around.rang(this)
    // The platform rings again when the handler did not come to its end.
    if (this.#alarmAt === null) this.#alarmAt = asked
    this.#planAlarm(this.#around.timeline.now + ALARM_RETRY)
  }

  #shore(): Shore {
    return {
      timeline: this.#around.timeline,
      hop: () => this.#around.hop(),
      now: () => this.now(),
      silent: () => this.#life === null || this.#life.dead || this.#life.mute,
      frame: (socket, text) => {
        this.enter((actor) => actor.frame(socket, text))
      },
      left: (socket) => {
        const known = this.#sockets.includes(socket)
        this.#sockets = this.#sockets.filter((other) => other !== socket)
        // Of a socket that was torn with its machine nobody ever hears.
        if (known) this.enter((actor) => actor.gone(socket))
      },
    }
  }
}
