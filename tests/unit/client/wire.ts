/** A network at its worst, by seed, between the client's real link and a model of an actor that keeps the protocol. */
import type { Answer, Around, Sign, TicketAnswer } from '../../../client/net/around.ts'
import { PollCarrier } from '../../../client/net/poll.ts'
import type { ClientFrame, Position, ServerFrame, Event as Told } from '../../../core/protocol/frames.ts'
import { close, PING, PONG } from '../../../core/protocol/link.ts'

/** Numbers from 0 to less than 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What may go wrong: probabilities per frame, and what fails as a whole. */
export interface Weather {
  readonly lost?: number
  readonly doubled?: number
  /** So often a frame takes up to 15 s, and others overtake it. */
  readonly late?: number
  /** Nothing gets through to the server, or from it, and nobody is told. */
  readonly deaf?: boolean
  readonly mute?: boolean
  readonly refusesUpgrades?: boolean
  readonly refusesTickets?: boolean
}

export const weathers: readonly Weather[] = [
  {},
  { lost: 0.3 },
  { doubled: 0.5 },
  { late: 0.5 },
  { lost: 0.2, doubled: 0.2, late: 0.3 },
  { deaf: true, mute: true },
  { deaf: true },
  { mute: true },
  { refusesUpgrades: true },
  { refusesUpgrades: true, lost: 0.2, late: 0.3 },
  { refusesTickets: true },
]

/** A conversation that numbers what is posted and takes each command once. */
export class ModelActor {
  epoch = 'epoch-1'
  readonly events: Told[] = []
  readonly lines = new Set<(frame: ServerFrame) => void>()
  readonly #answers = new Map<string, ServerFrame>()
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  add(id: string, text: string): void {
    const seq = this.events.length + 1
    const event: Told = { seq, at: Date.now(), name: 'entry', body: { seq, id, text } }
    this.events.push(event)
    for (const say of this.lines) say({ t: 'ev', ...event })
  }

  hello(resume: Position | undefined): readonly ServerFrame[] {
    const seq = this.events.length
    const head = { t: 'welcome', v: 1, epoch: this.epoch, seq, now: Date.now() } as const
    if (resume?.epoch !== this.epoch || resume.seq > seq)
      return [{ ...head, resumed: false, snapshot: [...this.events] }]
    const missed = this.events.slice(resume.seq)
    return [{ ...head, resumed: true }, ...(missed.length > 0 ? [{ t: 'batch' as const, evs: missed }] : [])]
  }

  /** The answer, after the news that the command has made; the first answer to one that comes again. */
  command({ id, body }: Extract<ClientFrame, { t: 'cmd' }>): ServerFrame {
    const known = this.#answers.get(id)
    if (known !== undefined) return known
    if (this.#random() < 0.1) return { t: 'refused', id, error: { code: 'unavailable', message: 'later', retry: true } }
    this.add(id, typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : '')
    const answer: ServerFrame = { t: 'reply', id, ok: true, value: null }
    this.#answers.set(id, answer)
    return answer
  }
}

/** The browser's side of the wire: its sockets and polls reach the actor through the weather. */
export class Wire implements Around {
  readonly origin = 'https://chat.example'
  readonly tab = 'a-tab-of-a-test'
  readonly WebSocket: unknown
  readonly actor: ModelActor
  weather: Weather = {}
  /** When the client was last told anything by the server, and when it was last told that something of its own arrived. */
  heardAt = Date.now()
  answeredAt = Date.now()
  readonly #random: () => number
  readonly #watchers = new Set<(sign: Sign) => void>()
  readonly #sockets = new Set<WireSocket>()

  constructor(actor: ModelActor, random: () => number) {
    this.actor = actor
    this.#random = random
    const wire = this
    this.WebSocket = class extends WireSocket {
      constructor() {
        super(wire)
      }
    }
  }

  readonly clock = {
    now: () => Date.now(),
    random: () => this.#random(),
    after: (ms: number, task: () => void) => {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  }

  online = () => true
  reload = () => {}
  polling = (use: (Carrier: typeof PollCarrier) => void) => use(PollCarrier)

  watch(listener: (sign: Sign) => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  sign(sign: Sign): void {
    for (const watcher of this.#watchers) watcher(sign)
  }

  beat(listener: () => void): () => void {
    const timer = setInterval(listener, 1_000)
    return () => clearInterval(timer)
  }

  ticket = async (): Promise<TicketAnswer> => {
    if (this.weather.refusesTickets || this.weather.deaf || this.weather.mute) throw new Error('nobody there')
    return { ticket: 'ticket' }
  }

  /** Every open line breaks. */
  snap(code: number): void {
    for (const socket of this.#sockets) socket.drop(code)
  }

  opened(socket: WireSocket): void {
    this.#sockets.add(socket)
    this.heardAt = this.answeredAt = Date.now()
  }

  closed(socket: WireSocket): void {
    this.#sockets.delete(socket)
  }

  heard(isAnswer: boolean): void {
    this.heardAt = Date.now()
    if (isAnswer) this.answeredAt = Date.now()
  }

  /** Takes something across: once, twice or never, now or later. */
  carry(way: 'up' | 'down', arrive: () => void): void {
    const { lost = 0, doubled = 0, late = 0, deaf, mute } = this.weather
    if ((way === 'up' ? deaf : mute) || this.#random() < lost) return
    const copies = this.#random() < doubled ? 2 : 1
    for (let i = 0; i < copies; i++) setTimeout(arrive, this.#random() < late ? this.#random() * 15_000 : 10)
  }

  fetch(_: string, { body, signal }: { body: string; signal: AbortSignal }): Promise<Answer> {
    const { frames, wait = 20_000 }: { frames: ClientFrame[]; wait?: number } = JSON.parse(body)
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')))
      this.carry('up', () => this.#poll(frames, wait, resolve))
    })
  }

  #poll(frames: readonly ClientFrame[], wait: number, resolve: (answer: Answer) => void): void {
    const { actor } = this
    const hello = frames.find((frame) => frame.t === 'hello')
    const answer = () => {
      stop()
      const news = actor.hello(hello?.resume)
      const body = { frames: [...news, ...replies], closed: null }
      this.carry('down', () => {
        this.heard(true)
        resolve({ ok: true, status: 200, json: async () => JSON.parse(JSON.stringify(body)) })
      })
    }
    const replies = frames.filter((frame) => frame.t === 'cmd').map((frame) => actor.command(frame))
    const timer = setTimeout(() => answer(), wait)
    const stop = () => {
      clearTimeout(timer)
      actor.lines.delete(answer)
    }
    const isNews = replies.length > 0 || hello?.resume?.seq !== actor.events.length || wait === 0
    if (isNews) answer()
    else actor.lines.add(answer)
  }
}

/** A line between the two: what the reconnecting socket asks of a WebSocket. */
class WireSocket extends EventTarget {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readyState = 0
  binaryType = 'blob'
  #isGreeted = false
  readonly #wire: Wire
  readonly #say = (frame: ServerFrame) => this.#down(JSON.stringify(frame), false)

  constructor(wire: Wire) {
    super()
    this.#wire = wire
    if (wire.weather.refusesUpgrades) setTimeout(() => this.#fail(), 10)
    else wire.carry('up', () => wire.carry('down', () => this.#open()))
  }

  send(text: string): void {
    this.#wire.carry('up', () => this.#up(text))
  }

  close(): void {
    this.#end()
  }

  drop(code: number): void {
    if (this.readyState !== this.OPEN) return
    this.#end()
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '' }))
  }

  #open(): void {
    if (this.readyState !== this.CONNECTING) return
    this.readyState = this.OPEN
    this.#wire.opened(this)
    this.dispatchEvent(new Event('open'))
  }

  #fail(): void {
    if (this.readyState !== this.CONNECTING) return
    this.#end()
    this.dispatchEvent(Object.assign(new Event('error'), { message: 'refused' }))
  }

  #end(): void {
    this.readyState = this.CLOSED
    this.#wire.actor.lines.delete(this.#say)
    this.#wire.closed(this)
  }

  /** What reaches the server; after the end of the line too, when it was on its way. */
  #up(text: string): void {
    const { actor } = this.#wire
    if (text === PING) return this.#down(PONG, true)
    const frame: ClientFrame = JSON.parse(text)
    if (frame.t === 'hello') {
      this.#isGreeted = true
      for (const one of actor.hello(frame.resume)) this.#say(one)
      if (this.readyState === this.OPEN) actor.lines.add(this.#say)
    } else if (!this.#isGreeted) this.drop(close.badFrame)
    else if (frame.t === 'cmd') this.#say(actor.command(frame))
  }

  #down(data: string, isAnswer: boolean): void {
    this.#wire.carry('down', () => {
      if (this.readyState !== this.OPEN) return
      this.#wire.heard(isAnswer)
      this.dispatchEvent(Object.assign(new Event('message'), { data }))
    })
  }
}
