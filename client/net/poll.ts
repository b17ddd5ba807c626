/** Carries a link over POST and a long poll, for networks that refuse WebSockets: the same frames, another envelope. */
import type { ClientFrame, ServerFrame } from '../../core/protocol/frames.ts'
import { close } from '../../core/protocol/link.ts'
import type { Around, TicketSource } from './around.ts'
import { isFinal, retryDelay } from './backoff.ts'
import { decodePoll, encode } from './codec.ts'
import { type Turns, turnsOf } from './turns.ts'

export interface PollEvents {
  /** The frame that each poll begins with: hello, with what this client has. */
  hello(): ClientFrame
  frames(frames: readonly ServerFrame[]): void
  /** The first answer after the start or after trouble. */
  up(): void
  down(): void
  stopped(code: number): void
}

/** A ticket is good for 60 s; a poll may take 20. */
const TICKET_FOR = 35_000
const ANSWER_WITHIN = 30_000
const GATHER = 20
const MOST_FRAMES = 49
/** Of the frames' text, in bytes: the server reads no more than 65,536, and the envelope needs some. */
const MOST_BYTES = 60_000
const TOO_LARGE = 413

const encoder = new TextEncoder()

export class PollCarrier {
  readonly #around: Around
  readonly #ticket: TicketSource
  readonly #events: PollEvents
  readonly #url: string
  readonly #stop = new AbortController()
  readonly #turns: Turns
  #held: { ticket: string; until: number } | null = null
  /** Names the newest view that we have, so that the server can tell whether there is a newer one. */
  #view: string | undefined
  #waiting: ClientFrame[] = []
  #gathering = false
  /** A short poll is on its way: two at once could overtake each other. */
  #sending = false
  /** So many of the waiting frames were too much together; each goes by itself. */
  #alone = 0
  #isUp = false
  #attempt = 0
  #code = 0

  constructor(around: Around, path: string, ticket: TicketSource, events: PollEvents) {
    this.#around = around
    this.#ticket = ticket
    this.#events = events
    this.#url = `${around.origin}/poll/${path}`
    this.#turns = turnsOf(around)
    this.#turns.join()
    void this.#loop()
  }

  /** Goes out in a short poll of its own beside the long one: at once, or when the short poll before it is back. */
  send(frame: ClientFrame): void {
    this.#waiting.push(frame)
    if (this.#gathering) return
    this.#gathering = true
    this.#around.clock.after(GATHER, () => {
      this.#gathering = false
      void this.#short()
    })
  }

  end(): void {
    if (this.#ended) return
    this.#turns.leave()
    this.#stop.abort()
  }

  get #ended(): boolean {
    return this.#stop.signal.aborted
  }

  async #loop(): Promise<void> {
    while (!this.#ended) {
      const fine = this.#isUp ? await this.#turns.take(() => this.#long()) : await this.#poll([], 0)
      if (fine || this.#ended) continue
      const wait = retryDelay(this.#attempt++, this.#code, this.#around.clock.random)
      await new Promise<void>((resolve) => this.#around.clock.after(wait, resolve))
    }
  }

  async #long(): Promise<boolean> {
    // The turn may come when all is over.
    return this.#ended ? false : this.#poll([], this.#turns.wait)
  }

  async #short(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    while (this.#waiting.length > 0 && !this.#ended) if (!(await this.#poll(this.#portion(), 0))) break
    this.#sending = false
  }

  /** As many of the waiting frames as one poll may carry, and always one. */
  #portion(): readonly ClientFrame[] {
    if (this.#alone > 0) {
      this.#alone--
      return this.#waiting.splice(0, 1)
    }
    let bytes = 0
    let fit = 0
    for (const frame of this.#waiting.slice(0, MOST_FRAMES)) {
      bytes += encoder.encode(encode(frame)).length + 1
      if (fit > 0 && bytes > MOST_BYTES) break
      fit++
    }
    return this.#waiting.splice(0, fit)
  }

  /** One exchange; tells whether it went well. */
  async #poll(frames: readonly ClientFrame[], wait: number | undefined): Promise<boolean> {
    try {
      const ticket = await this.#getTicket()
      if (ticket === null) return false
      const answer = await this.#around.fetch(this.#url, {
        method: 'POST',
        headers: { authorization: `Bearer ${ticket}`, 'content-type': 'application/json' },
        body: JSON.stringify({ frames: [this.#events.hello(), ...frames], wait, view: this.#view }),
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN)]),
      })
      if (this.#ended) return false
      if (answer.status === TOO_LARGE && frames.length > 0) return this.#tooLarge(frames)
      if (!answer.ok) return this.#fail(codeOf(answer.status))
      const said = decodePoll(await answer.json())
      if (this.#ended) return false
      if (said === null) return this.#fail(0)
      this.#view = said.view ?? this.#view
      this.#take(said.frames)
      return said.closed === null || this.#fail(said.closed)
    } catch {
      return this.#ended ? false : this.#fail(0)
    }
  }

  /** Together too much: each by itself. By itself too much: it never gets through, and who wrote it has to know. */
  #tooLarge(frames: readonly ClientFrame[]): true {
    const [frame] = frames
    if (frames.length > 1) {
      this.#waiting.unshift(...frames)
      this.#alone = frames.length
    } else if (frame?.t === 'cmd') {
      const error = { code: 'too_large', message: 'This is too long for one request.' }
      this.#events.frames([{ t: 'refused', id: frame.id, error }])
    }
    return true
  }

  #take(frames: readonly ServerFrame[]): void {
    this.#attempt = 0
    const first = !this.#isUp
    this.#isUp = true
    this.#events.frames(frames)
    if (first) this.#events.up()
  }

  #fail(code: number): false {
    this.#code = code
    this.#isUp = false
    // Whoever keeps it says it again when we are back.
    this.#waiting = []
    this.#alone = 0
    if (code === close.unauthenticated) this.#held = null
    if (isFinal(code)) {
      this.end()
      if (code === close.version) this.#around.reload()
      this.#events.stopped(code)
    } else {
      this.#events.down()
    }
    return false
  }

  async #getTicket(): Promise<string | null> {
    const now = this.#around.clock.now()
    if (this.#held !== null && this.#held.until > now) return this.#held.ticket
    const answer = await this.#ticket()
    if ('stop' in answer) {
      this.end()
      this.#events.stopped(answer.stop)
      return null
    }
    this.#held = { ticket: answer.ticket, until: now + TICKET_FOR }
    return answer.ticket
  }
}

/** What a refusal over HTTP means in the socket's own codes. */
function codeOf(status: number): number {
  if (status === 401) return close.unauthenticated
  if (status === 403) return close.forbidden
  if (status === 404 || status === 410) return close.gone
  if (status === 429) return close.slowDown
  return 0
}
