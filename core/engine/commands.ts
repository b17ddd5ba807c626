/** Command dedupe: repeating a command gives the first answer, for a day. */
import type { Result } from '../result.ts'
import type { Fresh, Parts } from './parts.ts'
import type { Store } from './ports.ts'

/** How long an answer is remembered, in ms. */
const REMEMBER = 24 * 3_600_000

export class Commands {
  readonly #store: Store
  readonly #fresh: Fresh<{ sender: string; id: string; answer: Result<unknown>; at: number }>
  /** Most conversations never remember a command, their posts being their own dedupe: they are not asked each time. */
  #isEmpty: boolean

  constructor(parts: Parts) {
    this.#store = parts.store
    this.#isEmpty = this.#store.exec('SELECT 1 FROM commands LIMIT 1').length === 0
    this.#fresh = parts.fresh(
      ({ sender, id, answer, at }) => {
        const insert = 'INSERT INTO commands (sender, id, answer, at) VALUES (?, ?, ?, ?)'
        return [insert, sender, id, JSON.stringify(answer), at]
      },
      () => {},
    )
  }

  /** The first answer to this command, if there was one. */
  answered<T>(sender: string, id: string): Result<T> | undefined {
    if (this.#isEmpty) return undefined
    const row = this.#store.exec('SELECT answer FROM commands WHERE sender = ? AND id = ?', sender, id)[0]
    return row === undefined ? undefined : JSON.parse(String(row.answer))
  }

  remember(sender: string, id: string, answer: Result<unknown>, at: number): void {
    this.#isEmpty = false
    this.#fresh.add({ sender, id, answer, at })
  }

  sweep(now: number): void {
    this.#store.exec('DELETE FROM commands WHERE at < ?', now - REMEMBER)
  }
}
