/** Command dedupe: repeating a command gives the first answer, for a day. */
import type { Result } from '../result.ts'
import type { Part } from './parts.ts'
import type { Store } from './ports.ts'

/** How long an answer is remembered, in ms. */
const REMEMBER = 24 * 3_600_000

export class Commands implements Part {
  readonly #store: Store
  /** Most conversations never remember a command, their posts being their own dedupe: they are not asked each time. */
  #isEmpty: boolean
  #fresh: { sender: string; id: string; answer: string; at: number }[] = []

  constructor(store: Store) {
    this.#store = store
    this.#isEmpty = store.exec('SELECT 1 FROM commands LIMIT 1').length === 0
  }

  get isDirty(): boolean {
    return this.#fresh.length > 0
  }

  /** The first answer to this command, if there was one. */
  answered<T>(sender: string, id: string): Result<T> | undefined {
    if (this.#isEmpty) return undefined
    const row = this.#store.exec('SELECT answer FROM commands WHERE sender = ? AND id = ?', sender, id)[0]
    return row === undefined ? undefined : JSON.parse(String(row.answer))
  }

  remember(sender: string, id: string, answer: Result<unknown>, at: number): void {
    this.#fresh.push({ sender, id, answer: JSON.stringify(answer), at })
  }

  sweep(now: number): void {
    this.#store.exec('DELETE FROM commands WHERE at < ?', now - REMEMBER)
  }

  commit(): void {
    for (const c of this.#fresh) {
      this.#store.exec(
        'INSERT INTO commands (sender, id, answer, at) VALUES (?, ?, ?, ?)',
        c.sender,
        c.id,
        c.answer,
        c.at,
      )
    }
  }

  rollback(): void {
    this.#fresh = []
  }

  settled(): void {
    if (this.#fresh.length > 0) this.#isEmpty = false
    this.#fresh = []
  }
}
