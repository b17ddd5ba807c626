/** Asks the page around the frame for the shop's signed word about who its user is. */
import type { Clock } from '../net/around.ts'
import { newId } from '../net/ids.ts'
import type { ToPage } from './messages.ts'

/** The page has a user, and could not say who. Nobody may take that for a visitor: it is to be asked again. */
export class NoToken extends Error {}

const WITHIN = 15_000

export class Tokens {
  readonly #asked = new Map<string, (answer: string | null | undefined) => void>()
  readonly #clock: Clock
  readonly #tell: (message: ToPage) => void

  constructor(clock: Clock, tell: (message: ToPage) => void) {
    this.#clock = clock
    this.#tell = tell
  }

  /** Null when the page has no user; throws {@link NoToken} when it has one, or says nothing at all. */
  ask(): Promise<string | null> {
    const id = newId()
    return new Promise((resolve, reject) => {
      const settle = (answer: string | null | undefined) => {
        this.#asked.delete(id)
        cancel()
        if (answer === undefined) reject(new NoToken('the page did not say who its user is'))
        else resolve(answer)
      }
      const cancel = this.#clock.after(WITHIN, () => settle(undefined))
      this.#asked.set(id, settle)
      this.#tell({ parley: 'token?', id })
    })
  }

  /** What the page said. */
  take(data: { readonly [name: string]: unknown }): void {
    const { id, token, failed } = data
    if (typeof id !== 'string') return
    const known = failed !== true && (typeof token === 'string' || token === null)
    this.#asked.get(id)?.(known ? token : undefined)
  }
}
