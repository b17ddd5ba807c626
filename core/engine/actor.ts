/**
 * The engine that every actor shares. Each event — a message, a command, a deadline, a socket — is one turn: read, decide,
 * commit in one storage transaction, then speak. There is no `await` between reading and writing.
 */
import { type ActorName, type Address, parseAddress } from '../ids.ts'
import type { StuckReport } from '../protocol/actors.ts'
import { actBy } from '../protocol/administration.ts'
import { close } from '../protocol/link.ts'
import { type Principal, senderOf } from '../protocol/principal.ts'
import { bug, type Result, refuse } from '../result.ts'
import { ulidMs } from '../ulid.ts'
import { Commands } from './commands.ts'
import { Deadlines, earliest } from './deadlines.ts'
import { Dismissals } from './dismissals.ts'
import { Lanes } from './lanes.ts'
import { Inbox, type Packet } from './mail.ts'
import { openStorage } from './migrations.ts'
import type { Answer, Model, RawCommand, Turn } from './model.ts'
import { Parts } from './parts.ts'
import type { Clock, Link, Store } from './ports.ts'
import { Sessions, type Socket, type Sockets } from './sessions.ts'

export interface Ports {
  readonly store: Store
  readonly link: Link
  readonly clock: Clock
  readonly sockets: Sockets
  /** Where errors go that a boundary caught: bugs and a broken platform, never refusals. */
  report(error: unknown, where: string): void
}

/** The engine's own deadlines. */
const SWEEP = 'engine:sweep'
const HELLO = 'engine:hello'
const SWEEP_EVERY = 24 * 3_600_000
/** How long a deadline whose handler threw waits for its next try, in ms. */
const AFTER_A_BUG = 60_000

export class Actor<S> {
  readonly name: ActorName
  readonly address: Address
  /** Names this life of the storage; numbers of its streams mean nothing in another one. */
  readonly epoch: string
  readonly state: S
  readonly #model: Model<S>
  readonly #ports: Ports
  readonly #parts: Parts
  readonly #deadlines: Deadlines
  readonly #inbox: Inbox
  readonly #commands: Commands
  readonly #dismissals: Dismissals
  readonly #lanes: Lanes
  readonly #sessions: Sessions<S>
  /** Who has lost a right to look in this turn. */
  readonly #leaving = new Set<string>()
  #armed: number | null = null
  /** When the timer comes, in ms. */
  #nudgeAt: number | null = null
  /** While the alarm rings: what is due is about to be dealt with and needs no other alarm. */
  #ringing = false

  constructor(name: ActorName, model: Model<S>, ports: Ports) {
    this.name = name
    this.address = parseAddress(name)
    this.#model = model
    this.#ports = ports
    const { store, epoch } = openStorage(ports.store, ports.clock, model.migrations)
    this.epoch = epoch
    const parts = new Parts(store)
    this.#parts = parts
    this.state = model.open({
      store: parts.store,
      rows: (tab) => parts.rows(tab),
      cell: (tab, initial) => parts.cell(tab, initial),
      fresh: (toStatement, undo) => parts.fresh(toStatement, undo),
    })
    this.#deadlines = new Deadlines(parts)
    this.#dismissals = new Dismissals(parts)
    this.#inbox = new Inbox(parts)
    this.#commands = new Commands(parts)
    this.#lanes = new Lanes(parts, {
      name,
      address: this.address,
      link: ports.link,
      born: ulidMs(this.epoch),
      source: model.source?.(this.state, this.address),
      now: () => ports.clock.now(),
      config: () => this.#config(),
      note: (how) => this.#guard('feed', () => this.decide((_state, { now }) => how(now))),
    })
    this.#sessions = new Sessions(this, model, ports)
    this.#arm()
  }

  /** Takes what is new in a packet, in order; answers how far this actor has got with its sender. */
  receive(packet: Packet): number {
    const from = parseAddress(packet.from)
    // Nothing of ours sends this: somebody has put a foreign name into an actor, by a backup that was written by hand.
    if (from.org !== this.address.org) throw new TypeError('a packet of another organisation')
    const before = this.#inbox.cursor(packet)
    if (packet.config > this.#config())
      this.decide((state, turn) => this.#model.newerConfig?.(state, turn, packet.config))
    for (const { n, message } of packet.rows) {
      const cursor = this.#inbox.cursor(packet)
      if (n <= cursor) continue
      if (n > cursor + 1) break
      this.decide((state, turn) => {
        this.#inbox.move(packet.from, n, turn.now)
        this.#sweepLater(turn.now)
        if (message.type === 'dismiss') this.#dismissals.note(message, turn.now)
        else this.#model.receive(state, turn, from, message)
      })
      if (message.type === 'dismiss') this.#sessions.dismiss(message)
    }
    const cursor = this.#inbox.cursor(packet)
    // Not on a repetition, which the sweep might forget just when it is needed.
    if (cursor > before) this.#sweepIfDue()
    return cursor
  }

  /** A command: from a socket, or by RPC from the edge. The same id gets the first answer. */
  command(by: Principal, command: RawCommand): Result<unknown> {
    const admitted = this.#model.admit(this.state, this.address, by)
    if (!admitted.ok) return admitted
    return this.#first(senderOf(by), command.id, (state, turn) => this.#model.command(state, turn, by, command))
  }

  /** A decision that the shell brings along, under a command id: repeating it gives the first answer. */
  once<T>(sender: string, id: string, work: (state: S, turn: Turn) => Result<T>): Result<T> {
    return this.#first(sender, id, (state, turn) => {
      const result = work(state, turn)
      return { result, remember: result.ok }
    })
  }

  /** One turn. A decision that the shell brings along must repeat itself harmlessly. */
  decide<T>(work: (state: S, turn: Turn) => T): T {
    const turn = this.#turn()
    this.#leaving.clear()
    let answer: T
    let isDirty: boolean
    try {
      answer = work(this.state, turn)
      if (answer instanceof Promise) throw new TypeError('a decision must not wait')
      this.#model.settle(this.state, turn)
      this.#lanes.tidy(turn.now)
      isDirty = this.#parts.commit()
    } catch (error) {
      this.#parts.undo()
      throw error
    }
    // A turn that changed nothing has nothing to tell.
    if (isDirty) this.#guard('announce', () => this.#sessions.announce())
    if (this.#leaving.size > 0) this.#guard('let go', () => this.#sessions.letGo(this.#leaving))
    this.#parts.settled()
    this.#guard('flush', () => this.#lanes.flush())
    this.#arm()
    return answer
  }

  /** Which stream a principal gets, or why none. */
  admit(by: Principal): Result<string> {
    if (this.#dismissals.bars(by, this.#ports.clock.now())) return refuse('unauthenticated', 'the session is over')
    return this.#model.admit(this.state, this.address, by)
  }

  /** The same for one more socket, before anything is kept of it: there has to be a place, too. */
  seat(by: Principal): Result<string> {
    const admitted = this.admit(by)
    return admitted.ok ? (this.#sessions.full() ?? admitted) : admitted
  }

  /** A socket was accepted; it has to say hello in time. */
  opened(): void {
    this.#sessions.makeRoom()
    if (this.#deadlines.get(HELLO) !== undefined) return
    this.decide((_state, turn) => turn.deadline(HELLO, this.#sessions.silentUntil()))
  }

  /** A frame of a client; a throw is logged, and told to the client in general words. */
  frame(socket: Socket, text: string): void {
    const apologize = () => {
      socket.send(JSON.stringify({ t: 'error', error: bug.error }))
      socket.close(close.bug, 'internal error')
    }
    this.#guard('frame', () => this.#sessions.frame(socket, text), apologize)
  }

  /** A client of this audience was greeted. */
  connected(audience: string): void {
    this.decide((state, turn) => this.#model.connected?.(state, turn, audience))
  }

  /** A socket has gone. */
  gone({ audience, here }: Pick<Socket, 'audience' | 'here'>): void {
    this.#guard('gone', () => this.connected(audience))
    if (here !== null) this.#guard('gone', () => this.#sessions.tellHere())
  }

  /** The alarm rang: whatever is due, whoever set it. Never throws. */
  alarm(): void {
    const now = this.#ports.clock.now()
    this.#ringing = true
    let fine = this.#guard('retry', () => this.decide((_state, turn) => this.#lanes.retry(turn.now)))
    // A handler may set a deadline that is due already; it waits for the next alarm, so that this one ends.
    const fired = new Set<string>()
    for (let name = this.#deadlines.due(now, fired); name !== undefined; name = this.#deadlines.due(now, fired)) {
      fired.add(name)
      fine = this.#fire(name) && fine
    }
    this.#ringing = false
    this.#armed = null
    // Where not even a boundary could commit, an alarm at once would ring without end.
    this.#arm(fine ? 0 : now + AFTER_A_BUG)
  }

  /** The timer came: news have been collected for long enough. Never throws. */
  nudged(): void {
    this.#nudgeAt = null
    this.#guard('nudge', () => this.#lanes.flush())
    this.#arm()
  }

  /** What could not be delivered. */
  stuck(): StuckReport {
    return this.#lanes.stuck()
  }

  /** Sends again what is stuck or parked, and reports how it stands. */
  replay(): number {
    const { peers, parked } = this.stuck()
    this.decide((_state, { now }) => this.#lanes.hurry(now))
    this.alarm()
    return peers.length + parked.length
  }

  /** Tells the record everything again, from the beginning; false when there is nothing to tell. */
  retell(): boolean {
    if (!this.#lanes.hasTold) return false
    this.decide(() => this.#lanes.retell())
    return true
  }

  /** Resolves when what is on its way to `to` has arrived, or has failed to for now. */
  delivered(to: ActorName): Promise<void> {
    return this.#lanes.delivered(to)
  }

  #first<T>(sender: string, id: string, decide: (state: S, turn: Turn) => Answer<T>): Result<T> {
    const answered = this.#commands.answered<T>(sender, id)
    if (answered !== undefined) return answered
    const first = this.decide((state, turn) => {
      const { result, remember } = decide(state, turn)
      if (remember) {
        this.#commands.remember(sender, id, result, turn.now)
        this.#sweepLater(turn.now)
      }
      return result
    })
    this.#sweepIfDue()
    return first
  }

  /** False when the deadline is still as due as before. */
  #fire(name: string): boolean {
    const fire = () =>
      this.decide((state, turn) => {
        turn.deadline(name, null)
        if (name === SWEEP) this.#sweep(turn.now)
        else if (name === HELLO) turn.deadline(HELLO, this.#sessions.dismissSilent(turn.now))
        else this.#model.due(state, turn, name)
      })
    const later = () => this.decide((_state, turn) => turn.deadline(name, turn.now + AFTER_A_BUG))
    return this.#guard(`deadline ${name}`, fire, later)
  }

  /** Who has no alarms, as one who only listens, sweeps when it hears something. */
  #sweepIfDue(): void {
    const at = this.#deadlines.get(SWEEP)
    if (at !== undefined && at <= this.#ports.clock.now()) this.#fire(SWEEP)
  }

  /** At most one row a day, however much is heard. */
  #sweepLater(now: number): void {
    if (this.#deadlines.get(SWEEP) === undefined) this.#deadlines.set(SWEEP, now + SWEEP_EVERY)
  }

  #sweep(now: number): void {
    this.#lanes.sweep(now)
    this.#inbox.sweep(now)
    this.#commands.sweep(now)
  }

  /**
   * One alarm for all: the earliest deadline, retry or news, not before `least` (ms). An alarm that rings too early finds
   * nothing and re-arms. The sweep gets no alarm of its own: who sleeps adds nothing to be swept, and each alarm is a row
   * and a wake; it comes with the first alarm, message or command after its time.
   */
  #arm(least = 0): void {
    if (this.#ringing) return
    const { clock } = this.#ports
    const first = earliest([this.#deadlines.earliest(SWEEP), this.#lanes.earliest(clock.now())])
    this.#hasten(this.#lanes.newsDue)
    if (first === null) return
    const next = Math.max(first, least)
    if (this.#armed !== null && this.#armed <= next) return
    this.#armed = next
    clock.wake(next)
  }

  /** By a timer, where the alarm comes as well should this life end: the one costs neither a row nor a wake. */
  #hasten(at: number | null): void {
    if (at === null || (this.#nudgeAt !== null && this.#nudgeAt <= at)) return
    this.#nudgeAt = at
    this.#ports.clock.nudge(at)
  }

  #turn(): Turn {
    const { clock } = this.#ports
    const now = clock.now()
    return {
      self: this.address,
      now,
      newId: () => clock.newId(),
      send: (to, message) => {
        this.#lanes.post(to, message, now)
        this.#sweepLater(now)
      },
      deadline: (name, at) => this.#deadlines.set(name, at),
      seen: (audience, staff) => this.#sessions.lastSeen(audience, staff),
      letGo: (staff) => this.#leaving.add(staff),
      audit: (by, done) => {
        const { kind, id } = this.address
        this.#lanes.audit(actBy(by, { id: clock.newId(), at: now, object: { kind, id }, ...done }))
      },
    }
  }

  /** The version of the configuration that is known here; 0: none. */
  #config(): number {
    return this.#model.configVersion?.(this.state) ?? 0
  }

  /** False when neither `work` nor what is to follow its throw could be done. */
  #guard(where: string, work: () => void, after?: () => void): boolean {
    try {
      work()
      return true
    } catch (error) {
      this.#ports.report(error, `${this.name} ${where}`)
      return after !== undefined && this.#guard(`${where}, boundary`, after)
    }
  }
}
