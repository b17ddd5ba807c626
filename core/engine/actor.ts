/**
 * The engine that every actor shares. Each event — a message, a command, a deadline, a socket — is one turn: read, decide,
 * commit in one storage transaction, then speak. There is no `await` between reading and writing.
 */
import { type ActorName, type Address, parseAddress } from '../ids.ts'
import type { StuckReport } from '../protocol/actors.ts'
import type { Message } from '../protocol/messages.ts'
import type { Principal } from '../protocol/principal.ts'
import { type Result, refuse } from '../result.ts'
import { Board } from './board.ts'
import { Commands } from './commands.ts'
import { Deadlines } from './deadlines.ts'
import { Dismissals } from './dismissals.ts'
import { Feed, untold } from './feed.ts'
import { Log } from './log.ts'
import { Inbox, Outbox, type Packet } from './mail.ts'
import { migrate } from './migrations.ts'
import type { Model, RawCommand, Tables, Turn } from './model.ts'
import { Cell, type Part, Rows } from './parts.ts'
import type { Clock, Link, Store } from './ports.ts'
import { Sessions, type Socket, type Sockets, senderOf } from './sessions.ts'

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
  readonly state: S
  readonly sessions: Sessions
  readonly #model: Model<S>
  readonly #ports: Ports
  readonly #parts: Part[] = []
  readonly #deadlines: Deadlines
  readonly #outbox: Outbox
  readonly #inbox: Inbox
  readonly #commands: Commands
  readonly #dismissals: Dismissals
  readonly #feed: Feed | null
  readonly #flights = new Map<ActorName, Promise<void>>()
  #armed: number | null = null
  /** While the alarm rings: what is due is about to be dealt with and needs no other alarm. */
  #ringing = false

  constructor(name: ActorName, model: Model<S>, ports: Ports) {
    this.name = name
    this.address = parseAddress(name)
    this.#model = model
    this.#ports = ports
    const { store, clock } = ports
    migrate(store, clock, model.migrations)
    this.state = model.open(this.#tables(store, ''))
    const own = this.#tables(store, 'engine:')
    this.#deadlines = new Deadlines(own.rows('deadlines'))
    this.#dismissals = new Dismissals(own.rows('dismissed'))
    this.#outbox = this.#part(new Outbox(store, own.rows('peers')))
    this.#inbox = this.#part(new Inbox(store))
    this.#commands = this.#part(new Commands(store))
    const source = model.source?.(this.state, this.address)
    this.#feed = source === undefined ? null : new Feed(own.cell('projection', untold), source)
    const epoch = String(store.exec("SELECT value FROM meta WHERE key = 'epoch'")[0]?.value)
    this.sessions = new Sessions(this.#host(epoch), ports.sockets)
    this.#arm()
  }

  /** Takes what is new in a packet, in order; answers how far this actor has got with its sender. */
  receive(packet: Packet): number {
    const from = parseAddress(packet.from)
    const known = this.#model.configVersion?.(this.state) ?? 0
    if (packet.config > known) this.#run((turn) => this.#model.newerConfig?.(this.state, turn, packet.config))
    for (const { n, message } of packet.rows) {
      const cursor = this.#inbox.cursor(packet.from, packet.base)
      if (n <= cursor) continue
      if (n > cursor + 1) break
      this.#run((turn) => {
        this.#inbox.move(packet.from, n, turn.now)
        if (message.type === 'dismiss') this.#dismissals.note(message, turn.now)
        else this.#model.receive(this.state, turn, from, message)
      })
      if (message.type === 'dismiss') this.sessions.dismiss(message)
    }
    return this.#inbox.cursor(packet.from, packet.base)
  }

  /** A command: from a socket, or by RPC from the edge. The same id gets the first answer. */
  command(by: Principal, command: RawCommand): Result<unknown> {
    const admitted = this.#model.admit(this.state, this.address, by)
    if (!admitted.ok) return admitted
    const sender = senderOf(by)
    return (
      this.#answered(sender, command.id) ??
      this.#run((turn) => {
        const { result, remember } = this.#model.command(this.state, turn, by, command)
        if (remember) this.#remember(sender, command.id, result, turn.now)
        return result
      })
    )
  }

  /** A decision that the shell brings along, under a command id: repeating it gives the first answer. */
  once<T>(sender: string, id: string, work: (state: S, turn: Turn) => Result<T>): Result<T> {
    return (
      this.#answered<T>(sender, id) ??
      this.#run((turn) => {
        const result = work(this.state, turn)
        if (result.ok) this.#remember(sender, id, result, turn.now)
        return result
      })
    )
  }

  /** A decision that the shell brings along and that repeats itself harmlessly. */
  decide<T>(work: (state: S, turn: Turn) => T): T {
    return this.#run((turn) => work(this.state, turn))
  }

  /** Which stream a principal who opens a socket gets, or why none. */
  admit(by: Principal): Result<string> {
    if (this.#dismissals.bars(by, this.#ports.clock.now())) return refuse('unauthenticated', 'the session is over')
    return this.#model.admit(this.state, this.address, by)
  }

  /** A socket was accepted; it has {@link HELLO_WITHIN} ms to say hello. */
  opened(): void {
    if (this.#deadlines.get(HELLO) !== undefined) return
    this.#run((turn) => turn.deadline(HELLO, this.sessions.silentUntil()))
  }

  /** A frame of a client; a throw is logged, and told to the client in general words. */
  frame(socket: Socket, text: string): void {
    this.#guard(
      'frame',
      () => this.sessions.frame(socket, text),
      () => {
        socket.send(
          JSON.stringify({
            t: 'error',
            error: refuse('internal', 'this went wrong on our side', { retry: true }).error,
          }),
        )
        socket.close(4500, 'internal error')
      },
    )
  }

  /** A socket of this audience has gone. */
  gone(audience: string): void {
    this.#guard('gone', () => this.#run((turn) => this.#model.connected?.(this.state, turn, audience)))
  }

  /** The alarm rang: whatever is due, whoever set it. Never throws. */
  alarm(): void {
    const now = this.#ports.clock.now()
    this.#ringing = true
    let fine = this.#guard('retry', () => this.#run((turn) => this.#again(turn)))
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

  /** For the operators: what could not be delivered. */
  stuck(): StuckReport {
    const feed = this.#feed
    const parked = feed?.parked ? [{ id: 1, kind: 'projection', attempts: feed.attempts, error: feed.error }] : []
    return { actor: this.name, peers: this.#outbox.stuck(), parked }
  }

  /** Sends again what is stuck or parked. */
  replay(): number {
    const { peers, parked } = this.stuck()
    this.#run((turn) => {
      this.#outbox.hurry(turn.now)
      if (this.#feed?.parked) this.#feed.replay(turn.now)
    })
    this.alarm()
    return peers.length + parked.length
  }

  /** Tells the record everything again, from the beginning; false when there is nothing to tell. */
  retell(): boolean {
    const feed = this.#feed
    if (feed === null || feed.isBlank) return false
    this.#run(() => feed.rewind())
    return true
  }

  /** Resolves when what is on its way to `to` has arrived, or has failed to for now. */
  async delivered(to: ActorName): Promise<void> {
    await this.#flights.get(to)
  }

  #answered<T>(sender: string, id: string): Result<T> | undefined {
    return this.#commands.answered<T>(sender, id)
  }

  #remember(sender: string, id: string, result: Result<unknown>, now: number): void {
    this.#commands.remember(sender, id, result, now)
    this.#sweepLater(now)
  }

  #run<T>(work: (turn: Turn) => T): T {
    const turn = this.#turn()
    let answer: T
    let isDirty: boolean
    try {
      answer = work(turn)
      if (answer instanceof Promise) throw new TypeError('a decision must not wait')
      this.#model.settle(this.state, turn)
      this.#outbox.tidy(turn.now)
      isDirty = this.#parts.some((part) => part.isDirty)
      if (isDirty) this.#commit()
    } catch (error) {
      for (const part of this.#parts) part.rollback()
      throw error
    }
    // A turn that changed nothing costs no transaction and has nothing to tell.
    if (isDirty) this.#guard('announce', () => this.sessions.announce())
    for (const part of this.#parts) part.settled()
    this.#guard('flush', () => this.#flush())
    this.#arm()
    return answer
  }

  #commit(): void {
    this.#ports.store.transaction(() => {
      for (const part of this.#parts) part.commit()
    })
  }

  /** False when the deadline is still as due as before. */
  #fire(name: string): boolean {
    const boundary = () => this.#run((turn) => turn.deadline(name, turn.now + AFTER_A_BUG))
    return this.#guard(
      `deadline ${name}`,
      () =>
        this.#run((turn) => {
          turn.deadline(name, null)
          if (name === SWEEP) this.#sweep(turn)
          else if (name === HELLO) this.#dismissSilent(turn)
          else this.#model.due(this.state, turn, name)
        }),
      boundary,
    )
  }

  /** What the lanes do when their time has come. */
  #again(turn: Turn): void {
    this.#outbox.retry(turn.now)
    this.#feed?.settle(turn.now)
  }

  #dismissSilent(turn: Turn): void {
    this.sessions.dismissSilent(turn.now)
    turn.deadline(HELLO, this.sessions.silentUntil())
  }

  #sweepLater(now: number): void {
    if (this.#deadlines.get(SWEEP) === undefined) this.#deadlines.set(SWEEP, now + SWEEP_EVERY)
  }

  #sweep(turn: Turn): void {
    this.#outbox.sweep(turn.now)
    this.#inbox.sweep(turn.now)
    this.#commands.sweep(turn.now)
  }

  /** Sends what is ready, to each receiver at most one packet at a time. */
  #flush(): void {
    const { link } = this.#ports
    const config = this.#model.configVersion?.(this.state) ?? 0
    for (const to of this.#outbox.ready()) {
      const flight = link.toActor(to, this.#outbox.pack(this.name, to, config)).then(
        (cursor) => {
          this.#outbox.acknowledged(to, cursor)
          this.#flush()
        },
        (error: unknown) => this.#outbox.failed(to, String(error)),
      )
      this.#flights.set(to, flight)
      void flight.then(() => {
        if (this.#flights.get(to) === flight) this.#flights.delete(to)
      })
    }
    this.#tell()
  }

  /** Hands the world lane its news, once they are due. */
  #tell(): void {
    const feed = this.#feed
    const news = feed?.take(this.#ports.clock.now())
    if (feed == null || news == null) return
    this.#ports.link.toWorld(news.items).then(
      () => this.#guard('feed', () => this.#run((turn) => feed.sent(news, turn.now))),
      (error: unknown) => this.#guard('feed', () => this.#run((turn) => feed.failed(String(error), turn.now))),
    )
  }

  /**
   * One alarm for all: the earliest deadline, retry or news, not before `least` (ms). An alarm that rings too early finds
   * nothing and re-arms. The sweep gets no alarm of its own: who sleeps adds nothing to be swept, and each alarm is a row
   * and a wake; it comes with the first alarm after its time.
   */
  #arm(least = 0): void {
    if (this.#ringing) return
    const { clock } = this.#ports
    const times = [this.#deadlines.earliest(SWEEP), this.#outbox.earliest(), this.#feed?.dueAt(clock.now()) ?? null]
    const earliest = times.reduce((min, at) => (at !== null && (min === null || at < min) ? at : min), null)
    if (earliest === null) return
    const next = Math.max(earliest, least)
    if (this.#armed !== null && this.#armed <= next) return
    this.#armed = next
    clock.wake(next)
  }

  #turn(): Turn {
    const { clock, sockets } = this.#ports
    const now = clock.now()
    return {
      self: this.address,
      now,
      newId: () => clock.newId(),
      send: (to: ActorName, message: Message) => {
        this.#outbox.post(to, message, now)
        this.#sweepLater(now)
      },
      deadline: (name, at) => this.#deadlines.set(name, at),
      seen: (audience) => {
        const times = sockets
          .all()
          .filter((s) => s.greeted && s.audience === audience)
          .map((s) => s.lastSeen())
        return times.length === 0 ? null : Math.max(...times)
      },
    }
  }

  #host(epoch: string) {
    return {
      epoch,
      now: () => this.#ports.clock.now(),
      streams: () => this.#model.streams(this.state),
      view: (audience: string) => this.#model.view?.(this.state, audience),
      command: (by: Principal, command: RawCommand) => this.command(by, command),
      mark: (by: Principal, marks: { delivered: number; read: number }) =>
        this.#run((turn) => this.#model.mark?.(this.state, turn, by, marks)),
      typing: (by: Principal, on: boolean) => this.#model.typing?.(this.state, by, on) ?? [],
      greeted: (audience: string) => this.#run((turn) => this.#model.connected?.(this.state, turn, audience)),
    }
  }

  /** A model's rows and the engine's own share a table; a prefix keeps them apart. */
  #tables(store: Store, prefix: string): Tables {
    const rows = <V extends object>(tab: string) => this.#part(new Rows<V>(store, `${prefix}${tab}`))
    const cell = <V extends object>(tab: string, initial: V) => new Cell(rows<V>(tab), initial)
    return {
      rows,
      cell,
      log: <B extends object>() => this.#part(new Log<B>(store)),
      board: () => this.#part(new Board(rows('board'), cell('board:floor', { seq: 0 }))),
    }
  }

  #part<P extends Part>(part: P): P {
    this.#parts.push(part)
    return part
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
