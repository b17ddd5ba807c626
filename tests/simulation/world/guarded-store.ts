/** The Store as a life of an actor sees it: it may refuse, and the machine may die at a commit. */
import type { SqlRow, SqlValue, Statement, Store } from '../../../core/engine/ports.ts'
import type { MemoryStore } from '../../support/store.ts'

/** What becomes of a commit. `refused`: an error, and life goes on. The other two end this life. */
export type Fate = 'kept' | 'refused' | 'killed before' | 'killed after'

export class StorageRefused extends Error {
  override readonly name = 'StorageRefused'
}

export class Dead extends Error {
  override readonly name = 'Dead'
}

/** What the store of a life tells its home. */
export interface Keeper {
  dead(): boolean
  /** The fate of the commit that now begins, and after how many of its statements it shows. */
  fate(): { fate: Fate; after: number }
  committed(fate: Fate): void
  failed(fate: Fate): void
}

export class GuardedStore implements Store {
  readonly #disk: MemoryStore
  readonly #keeper: Keeper
  #left = Infinity
  #fate: Fate = 'kept'

  constructor(disk: MemoryStore, keeper: Keeper) {
    this.#disk = disk
    this.#keeper = keeper
  }

  exec(sql: string, ...params: SqlValue[]): SqlRow[] {
    if (this.#keeper.dead()) throw new Dead('this life is over')
    if (this.#left <= 0) this.#fail()
    this.#left -= 1
    return this.#disk.exec(sql, ...params)
  }

  transaction<T>(work: () => T): T {
    if (this.#keeper.dead()) throw new Dead('this life is over')
    const { fate, after } = this.#keeper.fate()
    const fails = fate === 'refused' || fate === 'killed before'
    this.#fate = fate
    let answer: T
    try {
      answer = this.#disk.transaction(() => {
        this.#left = fails ? after : Infinity
        const done = work()
        if (fails) this.#fail()
        return done
      })
    } finally {
      this.#left = Infinity
    }
    this.#keeper.committed(fate)
    return answer
  }

  write(statements: readonly Statement[]): void {
    this.transaction(() => {
      for (const [sql, ...params] of statements) this.exec(sql, ...params)
    })
  }

  #fail(): never {
    this.#keeper.failed(this.#fate)
    throw this.#fate === 'refused' ? new StorageRefused('the storage refused') : new Dead('the machine died')
  }
}
