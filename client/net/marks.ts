/** Tells the actor how far this side has received and read, seldom enough to cost nothing. */
import type { ClientFrame } from '../../core/protocol/frames.ts'
import type { Clock } from './around.ts'

const EVERY = 300

export class MarkSender {
  #delivered = 0
  #read = 0
  #dirty = false
  #quietUntil = 0
  #cancel: (() => void) | null = null
  #open = false
  readonly #clock: Clock
  readonly #send: (frame: ClientFrame) => void

  constructor(clock: Clock, send: (frame: ClientFrame) => void) {
    this.#clock = clock
    this.#send = send
  }

  /** Only growth counts. */
  note(delivered: number, read: number): void {
    if (delivered <= this.#delivered && read <= this.#read) return
    this.#delivered = Math.max(this.#delivered, delivered)
    this.#read = Math.max(this.#read, read)
    this.#dirty = true
    this.#plan()
  }

  /** What was said on the link before may be lost. */
  opened(): void {
    this.#open = true
    this.#dirty = this.#delivered > 0
    this.#plan()
  }

  lost(): void {
    this.#open = false
    this.#cancel?.()
    this.#cancel = null
  }

  #plan(): void {
    if (!this.#open || !this.#dirty || this.#cancel !== null) return
    // Never longer than this, also when the clock was set back.
    const wait = Math.min(EVERY, this.#quietUntil - this.#clock.now())
    if (wait <= 0) return this.#say()
    this.#cancel = this.#clock.after(wait, () => {
      this.#cancel = null
      this.#say()
    })
  }

  #say(): void {
    this.#dirty = false
    this.#quietUntil = this.#clock.now() + EVERY
    this.#send({ t: 'mark', delivered: this.#delivered, read: this.#read })
  }
}
