/** A browser that is not there: a clock of fake timers, and sockets and polls that the test answers. */
import { vi } from 'vitest'
import type { Answer, Around, Sign } from '../../../client/net/around.ts'
import { PollCarrier } from '../../../client/net/poll.ts'
import type { ClientFrame, ServerFrame } from '../../../core/protocol/frames.ts'

/** What the reconnecting socket asks of a WebSocket. */
export class FakeSocket extends EventTarget {
  static made: FakeSocket[] = []
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readyState = 0
  binaryType = 'blob'
  sent: string[] = []
  readonly url: string
  readonly protocols: readonly string[]

  constructor(url: string, protocols: readonly string[]) {
    super()
    this.url = url
    this.protocols = protocols
    FakeSocket.made.push(this)
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.readyState = 3
  }

  /** What the server does. */
  accept(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }

  say(frame: ServerFrame | 'pong'): void {
    const data = typeof frame === 'string' ? frame : JSON.stringify(frame)
    this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }

  drop(code: number): void {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '' }))
  }

  /** The upgrade is refused. */
  refuse(): void {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('error'), { message: 'refused' }))
  }

  frames(): ClientFrame[] {
    return this.sent.filter((text) => text !== 'ping').map((text): ClientFrame => JSON.parse(text))
  }
}

export interface Polled {
  readonly url: string
  readonly body: { frames: ClientFrame[]; wait?: number; view?: string }
  answer(frames: ServerFrame[], closed?: number | null): void
  status(status: number): void
  fail(): void
}

export class FakeAround implements Around {
  readonly origin = 'https://chat.example'
  readonly tab = '01TESTTAB0'
  readonly WebSocket = FakeSocket
  readonly polls: Polled[] = []
  isOnline = true
  reloads = 0
  random = 0.5
  readonly clock = {
    now: () => Date.now(),
    random: () => this.random,
    after: (ms: number, task: () => void) => {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  }
  readonly #watchers = new Set<(sign: Sign) => void>()

  online(): boolean {
    return this.isOnline
  }

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

  fetch(url: string, init: { body: string; signal: AbortSignal }): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const answerWith = (status: number, body: unknown) =>
        resolve({ ok: status < 400, status, json: async () => body })
      init.signal.addEventListener('abort', () => reject(new Error('aborted')))
      this.polls.push({
        url,
        body: JSON.parse(init.body),
        answer: (frames, closed = null) => answerWith(200, { frames, closed }),
        status: (status) => answerWith(status, {}),
        fail: () => reject(new TypeError('no network')),
      })
    })
  }

  polling(use: (Carrier: typeof PollCarrier) => void): void {
    use(PollCarrier)
  }

  reload(): void {
    this.reloads++
  }
}

/** The newest socket that was made. */
export function newest(): FakeSocket {
  const socket = FakeSocket.made.at(-1)
  if (socket === undefined) throw new Error('no socket was made')
  return socket
}

export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

export const welcome = (seq: number, more: { resumed?: boolean; epoch?: string } = {}): ServerFrame => ({
  t: 'welcome',
  v: 1,
  epoch: more.epoch ?? 'e1',
  seq,
  resumed: more.resumed ?? false,
  now: 0,
  ...(more.resumed ? {} : { snapshot: [] }),
})
