/** Tells the other side that somebody is writing, and forgets by itself that somebody was. */
import type { ClientFrame } from '../../core/protocol/frames.ts'
import { TYPING_TEXT } from '../../core/protocol/link.ts'
import type { Clock } from './around.ts'

const REPEAT = 3_000
const IDLE = 4_000
const SHOW_EVERY = 700
/** Somebody whose sign was not repeated for this long has stopped. */
export const TYPING_FOR = 7_000

export class TypingSender {
  #saidAt = Number.NEGATIVE_INFINITY
  #on = false
  /** Not shown yet. */
  #text: string | null = null
  #cancel: (() => void) | null = null
  readonly #clock: Clock
  readonly #send: (frame: ClientFrame) => void

  constructor(clock: Clock, send: (frame: ClientFrame) => void) {
    this.#clock = clock
    this.#send = send
  }

  /** The person pressed a key; `empty` when nothing is left in the field. `text`: what the other side may read of it. */
  input(empty: boolean, text?: string): void {
    if (empty) return this.stop()
    if (text !== undefined) this.#show(text)
    this.#cancel?.()
    this.#cancel = this.#clock.after(IDLE, () => this.stop())
    // The clock may have been set back: then the sign is due as well.
    const since = this.#clock.now() - this.#saidAt
    if (this.#on && since >= 0 && since < REPEAT) return
    this.#on = true
    this.#saidAt = this.#clock.now()
    this.#send({ t: 'typing', on: true })
  }

  /** The newest text, not more often than the other side can read it. */
  #show(text: string): void {
    const isDue = this.#text === null
    this.#text = text
    if (!isDue) return
    const say = () => {
      const now = this.#text
      this.#text = null
      if (now !== null && this.#on) this.#send({ t: 'typing', on: true, text: now.slice(-TYPING_TEXT) })
    }
    this.#clock.after(SHOW_EVERY, say)
  }

  stop(): void {
    this.#text = null
    this.#cancel?.()
    this.#cancel = null
    if (this.#on) this.#send({ t: 'typing', on: false })
    this.#on = false
  }
}
