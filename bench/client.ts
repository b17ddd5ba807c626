/** A client of the driver: one WebSocket that speaks wire protocol v1, and says how long its answers took. */
import type { Event } from '../core/protocol/frames.ts'
import { PING, PING_EVERY, PONG, PROTOCOL_VERSION, SUBPROTOCOL } from '../core/protocol/link.ts'

export interface Reply {
  readonly ok: boolean
  readonly value: unknown
}

/** Longer than anything healthy takes, in ms. */
const patience = 30_000

export class Client {
  /** Every event of the stream, those of the welcome's snapshot included. */
  onEvent: (event: Event) => void = () => {}
  /** Frames and characters that came. */
  frames = 0
  characters = 0
  readonly #socket: WebSocket
  readonly #replies = new Map<string, (reply: Reply) => void>()
  #welcomed: () => void = () => {}
  #heart: NodeJS.Timeout | undefined
  #isLeaving = false

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#take(String(data)))
  }

  /** Opens a socket; with a ticket also says hello and waits for the welcome. `onEvent` hears all from the start. */
  static async open(url: string, options: { ticket?: string; onEvent?: (event: Event) => void } = {}): Promise<Client> {
    const { ticket, onEvent } = options
    const socket = new WebSocket(
      url.replace(/^http/, 'ws'),
      ticket === undefined ? SUBPROTOCOL : [SUBPROTOCOL, `ticket.${ticket}`],
    )
    const client = new Client(socket)
    if (onEvent !== undefined) client.onEvent = onEvent
    await within(`opening ${url}`, (done, failed) => {
      socket.addEventListener('open', () => done())
      socket.addEventListener('close', ({ code, reason }) => failed(new Error(`${url} closed with ${code} ${reason}`)))
    })
    // Without one of its clients a figure would be of something else: the run ends.
    socket.addEventListener('close', ({ code, reason }) => {
      if (!client.#isLeaving) throw new Error(`${url} was closed with ${code} ${reason}`)
    })
    if (ticket === undefined) return client
    await within(`the welcome of ${url}`, (done) => {
      client.#welcomed = done
      client.#send({ t: 'hello', v: PROTOCOL_VERSION, client: 'bench-client' })
    })
    return client
  }

  /** Opens a socket that shall not be: the code with which it is closed. */
  static refused(url: string, ticket: string): Promise<number> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), [SUBPROTOCOL, `ticket.${ticket}`])
    return within(`the end of ${url}`, (done) => socket.addEventListener('close', ({ code }) => done(code)))
  }

  /** Sends a command; `answered` is called with its answer, if one comes. */
  send(id: string, name: string, body: object, answered: (reply: Reply) => void): void {
    this.#replies.set(id, answered)
    this.#send({ t: 'cmd', id, name, body })
  }

  /** Sends a command and waits for its answer; throws when it is refused. */
  async command(name: string, body: object): Promise<unknown> {
    const { ok, value } = await within<Reply>(`the answer to ${name}`, (done) =>
      this.send(crypto.randomUUID(), name, body, done),
    )
    if (!ok) throw new Error(`${name} was refused: ${JSON.stringify(value)}`)
    return value
  }

  /** Says how far this side has read. */
  mark(read: number): void {
    this.#send({ t: 'mark', delivered: read, read })
  }

  /** Sends the ping that shows that somebody is there, now and from now on. */
  live(): void {
    const beat = () => this.#socket.send(PING)
    beat()
    this.#heart = setInterval(beat, PING_EVERY)
  }

  close(): void {
    this.#isLeaving = true
    clearInterval(this.#heart)
    this.#socket.close(1000)
  }

  #send(frame: object): void {
    this.#socket.send(JSON.stringify(frame))
  }

  #take(text: string): void {
    if (text === PONG) return
    this.frames += 1
    this.characters += text.length
    const frame = JSON.parse(text)
    if (frame.t === 'ev') this.onEvent(frame)
    else if (frame.t === 'batch') for (const event of frame.evs) this.onEvent(event)
    else if (frame.t === 'reply') this.#answer(frame.id, { ok: true, value: frame.value })
    else if (frame.t === 'refused') this.#answer(frame.id, { ok: false, value: frame.error })
    else if (frame.t === 'error') console.error('the server says', frame.error)
    else if (frame.t === 'welcome') {
      for (const event of frame.snapshot ?? []) this.onEvent(event)
      this.#welcomed()
    }
  }

  #answer(id: string, reply: Reply): void {
    this.#replies.get(id)?.(reply)
    this.#replies.delete(id)
  }
}

/** A promise that fails after {@link patience}: a benchmark must not hang. */
export function within<T = void>(
  what: string,
  work: (done: (value: T) => void, failed: (error: Error) => void) => void,
): Promise<T> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`waited in vain for ${what}`)), patience)
    work(
      (value) => {
        clearTimeout(timer)
        done(value)
      },
      (error) => {
        clearTimeout(timer)
        failed(error)
      },
    )
  })
}

/** Does `work` for each item, at most `width` at a time, in order of the items. */
export async function eachOf<I, O>(items: readonly I[], width: number, work: (item: I) => Promise<O>): Promise<O[]> {
  const results: O[] = new Array(items.length)
  const rest = items.entries()
  const next = async () => {
    for (const [i, item] of rest) results[i] = await work(item)
  }
  await Promise.all(Array.from({ length: width }, next))
  return results
}
