/** One real Actor over hand-made ports: a clock moved by hand, a link that records, sockets that only remember. */
import { Actor, type Ports } from '../../core/engine/actor.ts'
import type { Packet } from '../../core/engine/mail.ts'
import type { Model } from '../../core/engine/model.ts'
import type { Clock, Link, WorldItem } from '../../core/engine/ports.ts'
import type { Socket } from '../../core/engine/sessions.ts'
import { type ActorName, type AgentId, asId, type ConversationId, type OrgId, type QueueId } from '../../core/ids.ts'
import type { ServerFrame } from '../../core/protocol/frames.ts'
import type { Message } from '../../core/protocol/messages.ts'
import type { Principal, StaffPrincipal } from '../../core/protocol/principal.ts'
import type { Result } from '../../core/result.ts'
import { MemoryStore } from './store.ts'

export const org = asId<OrgId>('acme')
export const conversation = (id: string) => asId<ConversationId>(id)
export const queue = (id: string) => asId<QueueId>(id)
export const agent = (id: string) => asId<AgentId>(id)

export const staff = (id: string, role: StaffPrincipal['role'] = 'agent', of: string = org): StaffPrincipal => ({
  kind: 'staff',
  org: of,
  id,
  name: id,
  role,
})

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  time: number
  wakeAt: number | null = null
  nudgeAt: number | null = null
  #ids = 0

  constructor(time = 1_000_000) {
    this.time = time
  }

  now(): number {
    return this.time
  }

  newId(): string {
    this.#ids += 1
    return String(this.#ids).padStart(26, '0')
  }

  wake(at: number | null): void {
    this.wakeAt = at
  }

  nudge(at: number): void {
    this.nudgeAt = at
  }
}

/** What was sent, in order; every packet is taken at once unless its receiver is down. */
export class RecordingLink implements Link {
  readonly sent: { to: ActorName; message: Message }[] = []
  readonly items: WorldItem[] = []
  readonly down = new Set<ActorName>()
  readonly #taken = new Map<ActorName, number>()

  async toActor(to: ActorName, packet: Packet): Promise<number> {
    if (this.down.has(to)) throw new Error('down')
    const last = Math.max(this.#taken.get(to) ?? 0, packet.base - 1)
    const fresh = packet.rows.filter((row) => row.n > last)
    for (const { message } of fresh) this.sent.push({ to, message })
    const cursor = fresh.at(-1)?.n ?? last
    this.#taken.set(to, cursor)
    return cursor
  }

  async toWorld(items: readonly WorldItem[]): Promise<void> {
    this.items.push(...items)
  }
}

/** A client's socket; `pinged` is moved by hand. */
export class FakeSocket implements Socket {
  readonly id: string
  readonly principal: Principal
  readonly audience: string
  readonly connectedAt: number
  readonly frames: ServerFrame[] = []
  greeted = false
  here: Socket['here'] = null
  closed: { code: number; reason: string } | null = null
  pinged: number

  constructor(id: string, principal: Principal, audience: string, at: number) {
    this.id = id
    this.principal = principal
    this.audience = audience
    this.connectedAt = at
    this.pinged = at
  }

  send(text: string): void {
    this.frames.push(JSON.parse(text))
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason }
  }

  lastSeen(): number {
    return this.pinged
  }
}

export class Harness<S> {
  readonly clock = new ManualClock()
  readonly link = new RecordingLink()
  readonly store = new MemoryStore()
  readonly sockets: FakeSocket[] = []
  readonly errors: unknown[] = []
  actor: Actor<S>
  readonly #model: Model<S>
  readonly #numbers = new Map<ActorName, number>()
  #commands = 0
  #read = 0

  constructor(name: ActorName, model: Model<S>) {
    this.#model = model
    this.actor = new Actor(name, model, this.#ports())
  }

  get now(): number {
    return this.clock.time
  }

  get state(): S {
    return this.actor.state
  }

  /** Loses the memory; the storage stays. */
  evict(): void {
    this.clock.nudgeAt = null
    this.actor = new Actor(this.actor.name, this.#model, this.#ports())
  }

  /** Hands a message over as the next of its pair; throws what the model's handlers threw. */
  receive(from: ActorName, message: Message, config = 0): void {
    const n = (this.#numbers.get(from) ?? 0) + 1
    this.#numbers.set(from, n)
    this.actor.receive({ from, base: n, rows: [{ n, message }], config })
  }

  command(by: Principal, name: string, body: unknown): Result<unknown> {
    this.#commands += 1
    return this.actor.command(by, { id: `command-${this.#commands}`, name, body })
  }

  /** Moves the clock on; timer and alarm come whenever they are due. Whoever pings goes on pinging. */
  advance(ms: number, pinging: readonly FakeSocket[] = []): void {
    const { clock } = this
    const until = clock.time + ms
    const next = () => Math.min(clock.wakeAt ?? Number.POSITIVE_INFINITY, clock.nudgeAt ?? Number.POSITIVE_INFINITY)
    for (let at = next(); at <= until; at = next()) {
      clock.time = Math.max(clock.time, at)
      for (const socket of pinging) socket.pinged = clock.time
      if (clock.nudgeAt === at) this.#nudge()
      else this.#ring()
    }
    this.clock.time = until
    for (const socket of pinging) socket.pinged = until
  }

  #nudge(): void {
    this.clock.nudgeAt = null
    this.actor.nudged()
  }

  #ring(): void {
    this.clock.wakeAt = null
    this.actor.alarm()
  }

  /** Opens a socket that says hello; throws when it is not admitted. */
  connect(principal: Principal): FakeSocket {
    const admitted = this.actor.admit(principal)
    if (!admitted.ok) throw new Error(admitted.error.code)
    const socket = new FakeSocket(`socket-${this.sockets.length + 1}`, principal, admitted.value, this.now)
    this.sockets.push(socket)
    this.actor.opened()
    this.actor.frame(socket, JSON.stringify({ t: 'hello', v: 1, client: 'client-1' }))
    return socket
  }

  disconnect(socket: FakeSocket): void {
    const at = this.sockets.indexOf(socket)
    if (at >= 0) this.sockets.splice(at, 1)
    this.actor.gone(socket)
  }

  /** The model's own deadlines that are set, by name. */
  timers(): string[] {
    const rows = this.store.exec("SELECT key FROM state WHERE tab = 'engine:deadlines' ORDER BY key")
    return rows.map((row) => String(row.key)).filter((name) => !name.startsWith('engine:'))
  }

  /** What was sent since the last call, once the lines are quiet. */
  async sent(): Promise<{ to: ActorName; message: Message }[]> {
    for (let heard = -1; heard !== this.link.sent.length; ) {
      heard = this.link.sent.length
      await new Promise((resolve) => setImmediate(resolve))
    }
    const fresh = this.link.sent.slice(this.#read)
    this.#read = this.link.sent.length
    return fresh
  }

  /** Of what was sent since the last call: the messages of one type. Forgets the others. */
  async sentOf<T extends Message['type']>(type: T): Promise<Extract<Message, { type: T }>[]> {
    return (await this.sent()).map(({ message }) => message).filter((message) => isType(message, type))
  }

  #ports(): Ports {
    return {
      store: this.store,
      link: this.link,
      clock: this.clock,
      sockets: { all: () => this.sockets },
      report: (error) => this.errors.push(error),
    }
  }
}

export function isType<T extends Message['type']>(message: Message, type: T): message is Extract<Message, { type: T }> {
  return message.type === type
}
