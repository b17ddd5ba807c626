/**
 * A client of wire protocol v1 in plain Node, written from the protocol and not from the product's own client: keeps each
 * command until it is answered, resumes where it was, and notes every breach of the protocol.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type ClientFrame, type Event, ServerFrame } from '../../core/protocol/frames.ts'
import { LINK_DEAD_AFTER, PING, PING_EVERY, PROTOCOL_VERSION, SUBPROTOCOL } from '../../core/protocol/link.ts'

export type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string }

export interface ClientOptions {
  readonly origin: string
  /** `conversation/01J…` */
  readonly path: string
  readonly ticket: () => Promise<string>
  /** A board is resumed with holes: only the newest change of each row comes. */
  readonly board?: boolean
  /** Before a snapshot: what there was is replaced. */
  readonly reset?: () => void
  readonly event: (event: Event) => void
  readonly view?: (body: unknown) => void
  /** Takes breaches of the protocol. */
  readonly breach: (what: string) => void
}

interface Command {
  readonly frame: ClientFrame
  readonly settle: (outcome: Outcome) => void
}

/** A line is closed at more than twenty commands in five seconds. In ms. */
const PACE = 15
const PACE_WITHIN = 5_000

export class WireClient {
  readonly #options: ClientOptions
  readonly #tab = randomUUID()
  /** In the order in which they were given. */
  readonly #commands = new Map<string, Command>()
  #position: { epoch: string; seq: number } | null = null
  #socket: WebSocket | null = null
  #welcomed = false
  #ended = false
  #heardAt = 0
  /** Commands that have not left yet, and when the newest of the others did, in ms. */
  #due: string[] = []
  #sentAt: number[] = []
  #waiting: NodeJS.Timeout | null = null

  constructor(options: ClientOptions) {
    this.#options = options
    void this.#run()
  }

  get pending(): number {
    return this.#commands.size
  }

  get live(): boolean {
    return this.#welcomed
  }

  /** The outcome comes when the actor has answered, however many connections that takes. */
  command(name: string, body: unknown): { readonly id: string; readonly outcome: Promise<Outcome> } {
    const id = randomUUID()
    const frame = { t: 'cmd', id, name, body } as const
    const outcome = new Promise<Outcome>((settle) => this.#commands.set(id, { frame, settle }))
    this.#dispatch([id])
    return { id, outcome }
  }

  /** What may be lost: a mark, a sign of typing. */
  send(frame: ClientFrame): void {
    if (this.#welcomed) this.#socket?.send(JSON.stringify(frame))
  }

  /** Commands leave in order and at the pace that a line allows. */
  #dispatch(ids: readonly string[]): void {
    this.#due.push(...ids)
    const [oldest = 0] = this.#sentAt
    const wait = this.#sentAt.length < PACE ? 0 : oldest + PACE_WITHIN - Date.now()
    const next = wait > 0 ? undefined : this.#due.shift()
    if (next !== undefined) {
      this.#transmit(next)
      return this.#dispatch([])
    }
    if (this.#due.length > 0 && this.#waiting === null)
      this.#waiting = setTimeout(() => {
        this.#waiting = null
        this.#dispatch([])
      }, wait)
  }

  #transmit(id: string): void {
    const command = this.#commands.get(id)
    if (command === undefined || !this.#welcomed) return
    this.#sentAt = [...this.#sentAt, Date.now()].slice(-PACE)
    this.send(command.frame)
  }

  end(): void {
    this.#ended = true
    this.#socket?.close(1000)
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      try {
        await this.#connect(await this.#options.ticket())
      } catch {
        // Nobody there: the next attempt follows.
      }
      await pause(50 + Math.random() * 250)
    }
  }

  /** Returns when the connection is over. */
  async #connect(ticket: string): Promise<void> {
    if (this.#ended) return
    const url = `${this.#options.origin.replace(/^http/, 'ws')}/connect/${this.#options.path}`
    const socket = new WebSocket(url, [SUBPROTOCOL, `ticket.${ticket}`])
    this.#socket = socket
    this.#heardAt = Date.now()
    socket.onopen = () => socket.send(JSON.stringify(this.#hello()))
    socket.onmessage = ({ data }) => {
      this.#heardAt = Date.now()
      if (typeof data === 'string' && data.startsWith('{')) this.#take(data)
    }
    const heart = setInterval(() => {
      if (Date.now() - this.#heardAt > LINK_DEAD_AFTER) socket.close(3000)
      else if (socket.readyState === WebSocket.OPEN) socket.send(PING)
    }, PING_EVERY)
    await new Promise<void>((done) => {
      socket.onclose = () => done()
    })
    clearInterval(heart)
    this.#welcomed = false
  }

  #hello(): ClientFrame {
    const hello = { t: 'hello', v: PROTOCOL_VERSION, client: this.#tab } as const
    return this.#position === null ? hello : { ...hello, resume: this.#position }
  }

  #take(text: string): void {
    const parsed = ServerFrame.safeParse(JSON.parse(text))
    if (!parsed.success) return this.#breach(`a frame that nobody knows: ${text.slice(0, 200)}`)
    const frame = parsed.data
    switch (frame.t) {
      case 'welcome':
        return this.#onWelcome(frame)
      case 'ev':
        return this.#onEvents([frame], false)
      case 'batch':
        return this.#onEvents(frame.evs, this.#options.board === true)
      case 'reply':
        return this.#settle(frame.id, { ok: true, value: frame.value })
      case 'refused':
        if (frame.error.retry === true) return this.#later(frame.id)
        return this.#settle(frame.id, { ok: false, code: frame.error.code })
      case 'view':
        return this.#options.view?.(frame.body)
      case 'error':
        return this.#breach(`an error: ${JSON.stringify(frame.error)}`)
    }
  }

  #onWelcome(frame: Extract<ServerFrame, { t: 'welcome' }>): void {
    const had = this.#position
    if (had !== null && frame.epoch === had.epoch && frame.seq < had.seq)
      this.#breach(`the server has forgotten ${frame.seq + 1} to ${had.seq}, which it had shown`)
    if (!frame.resumed) {
      if (had !== null && this.#options.board !== true) this.#breach('not resumed')
      this.#position = { epoch: frame.epoch, seq: frame.seq }
      this.#options.reset?.()
      for (const event of frame.snapshot ?? []) this.#options.event(event)
    }
    this.#welcomed = true
    this.#due = []
    this.#dispatch([...this.#commands.keys()])
  }

  #onEvents(events: readonly Event[], holes: boolean): void {
    for (const event of events) {
      const had = this.#position
      if (had === null) return this.#breach('an event before the first snapshot')
      const expected = had.seq + 1
      if (holes ? event.seq < expected : event.seq !== expected)
        this.#breach(`event ${event.seq} where ${expected} was due`)
      this.#position = { epoch: had.epoch, seq: event.seq }
      this.#options.event(event)
    }
  }

  #later(id: string): void {
    setTimeout(() => this.#dispatch([id]), 200)
  }

  #settle(id: string, outcome: Outcome): void {
    const command = this.#commands.get(id)
    this.#commands.delete(id)
    command?.settle(outcome)
  }

  #breach(what: string): void {
    this.#options.breach(`${this.#options.path}: ${what}`)
  }
}
