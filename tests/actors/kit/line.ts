/** A real WebSocket to an actor, as a client holds it: what came, what is awaited, how it closed. */
import { type Position, ServerFrame } from '../../../core/protocol/frames.ts'

export interface Closing {
  readonly code: number
  readonly reason: string
  readonly wasClean: boolean
}

let tabs = 0
let commands = 0

export class Line {
  /** Every byte that came, as it came. */
  readonly heard: string[] = []
  readonly frames: ServerFrame[] = []
  readonly closed: Promise<Closing>
  readonly socket: WebSocket
  readonly #waiting = new Set<() => void>()
  readonly #tab = `client-${++tabs}`
  #pongs = 0
  isOpen = true
  /** Hears every frame as it comes. */
  onFrame: (frame: ServerFrame) => void = () => {}

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.addEventListener('message', ({ data }) => {
      this.#take(String(data))
    })
    this.closed = new Promise((done) => {
      socket.addEventListener('close', ({ code, reason, wasClean }) => {
        this.isOpen = false
        done({ code, reason, wasClean })
        for (const look of this.#waiting) look()
      })
    })
    socket.accept()
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** Says hello; the welcome. */
  async hello(resume?: Position) {
    const before = this.frames.length
    this.send({ t: 'hello', v: 1, client: this.#tab, ...(resume === undefined ? {} : { resume }) })
    return this.until((frames) => {
      const welcome = frames.slice(before).find((frame) => frame.t === 'welcome')
      return welcome?.t === 'welcome' ? welcome : undefined
    })
  }

  /** Sends a command; its answer. */
  async command(name: string, body: unknown, id = `command-${++commands}`) {
    this.send({ t: 'cmd', id, name, body })
    return this.until((frames) => {
      const answer = frames.find((frame) => (frame.t === 'reply' || frame.t === 'refused') && frame.id === id)
      return answer?.t === 'reply' || answer?.t === 'refused' ? answer : undefined
    })
  }

  async ping(): Promise<void> {
    const before = this.#pongs
    this.send('ping')
    await this.until(() => (this.#pongs > before ? true : undefined))
  }

  /** Waits for what `find` finds among the frames; throws when the socket closes first. */
  until<T>(find: (frames: readonly ServerFrame[]) => T | undefined): Promise<T> {
    return new Promise((done, fail) => {
      const look = () => {
        const found = find(this.frames)
        if (found === undefined && this.isOpen) return
        this.#waiting.delete(look)
        if (found === undefined) fail(new Error(`closed, having heard ${this.heard.slice(-3).join(' ')}`))
        else done(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  /** Waits for an entry, a row or a view that holds these words. */
  async untilHeard(words: string): Promise<void> {
    await this.until(() => (this.heard.some((text) => text.includes(words)) ? true : undefined))
  }

  /** The newest view. */
  get view(): unknown {
    const view = this.frames.findLast((frame) => frame.t === 'view')
    return view?.t === 'view' ? view.body : undefined
  }

  /** All numbered events in the order they came, snapshots included. */
  get events() {
    return this.frames.flatMap((frame) => {
      if (frame.t === 'welcome') return frame.snapshot ?? []
      if (frame.t === 'batch') return frame.evs
      return frame.t === 'ev' ? [frame] : []
    })
  }

  #hear(frame: ServerFrame): void {
    this.frames.push(frame)
    this.onFrame(frame)
  }

  #take(text: string): void {
    this.heard.push(text)
    if (text === 'pong') this.#pongs += 1
    else this.#hear(ServerFrame.parse(JSON.parse(text)))
    for (const look of this.#waiting) look()
  }
}
