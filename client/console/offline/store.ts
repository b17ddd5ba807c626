/**
 * What the browser keeps for the time without a network: sealed records in IndexedDB, all of one person and one session, and
 * beside them the key that opens them, which no script can read out. A storage that is full or forbidden keeps nothing.
 */
import { createStore, promisifyRequest, type UseStore } from 'idb-keyval'
import type { Position } from '../../../core/protocol/frames.ts'
import type { Schema } from '../../net/schema.ts'
import { type Sealed, seal, unseal } from './seal.ts'

/** How long it is kept without a word from the server, in ms. */
export const KEPT_FOR = 12 * 3_600_000
/** A clock that was set back by more would make that longer, in ms. */
const BACK = 5 * 60_000

interface Holder {
  readonly who: string
  readonly session: string
  readonly key: CryptoKey
  /** When the server was heard last, in ms. */
  readonly contact: number
}

interface Row extends Sealed {
  /** How far the stream had come of which this is a picture: an older one does not replace it. */
  readonly at: Position | null
}

type Rows = Parameters<Parameters<UseStore>[1]>[0]

const HOLDER = 'holder'
const RECORD = 'record/'

export class OfflineStore {
  readonly #rows: UseStore
  readonly #now: () => number
  #holder: Holder | null = null

  constructor(now: () => number, name = 'parley-offline') {
    this.#now = now
    this.#rows = createStore(name, 'sealed')
  }

  /** When the server was heard last, in ms; null while nothing is kept. */
  get contact(): number | null {
    return this.#holder?.contact ?? null
  }

  /** Whether what is kept has been without the server for too long. */
  get isOver(): boolean {
    return this.#holder !== null && !this.#isFresh(this.#holder)
  }

  /** Opens what an earlier page has kept of `who`, or of whomever (null), and says whose it is; wipes it when it is too old. */
  async open(who: string | null): Promise<string | null> {
    const found: unknown = await this.#quietly(() =>
      this.#rows('readonly', (rows) => promisifyRequest(rows.get(HOLDER))),
    )
    const isThere = isHolder(found) && this.#isFresh(found)
    this.#holder = isThere && (who === null || who === found.who) ? found : null
    if (isHolder(found) && !isThere) await this.wipe()
    return isThere ? found.who : null
  }

  /** From now on keeps under the key of this session. What is there of another one goes; tells whether that is all. */
  async hold(who: string, session: string, key: CryptoKey): Promise<boolean> {
    const holder: Holder = { who, session, key, contact: this.#now() }
    const isNew = await this.#quietly(() =>
      this.#rows('readwrite', async (rows) => {
        const old: unknown = await promisifyRequest(rows.get(HOLDER))
        const isOther = !isSame(old, holder)
        if (isOther) rows.clear()
        rows.put(holder, HOLDER)
        await promisifyRequest(rows.transaction)
        return isOther
      }),
    )
    this.#holder = isNew === null ? null : holder
    return isNew === true
  }

  /** The server was heard. */
  async touch(): Promise<void> {
    if (this.#holder === null) return
    const holder = { ...this.#holder, contact: this.#now() }
    this.#holder = holder
    await this.#change(holder, (rows) => rows.put(holder, HOLDER))
  }

  async keep(name: string, value: unknown, at: Position | null = null): Promise<void> {
    const holder = this.#holder
    if (holder === null) return
    await this.#quietly(async () => {
      const row: Row = { ...(await seal(holder.key, placeOf(holder, name), value)), at }
      await this.#change(holder, async (rows) => {
        const old: unknown = await promisifyRequest(rows.get(RECORD + name))
        if (!isRow(old) || !isBefore(row.at, old.at)) rows.put(row, RECORD + name)
      })
    })
  }

  /** What is kept under this name; null for what is not there, cannot be opened, or is not of this form any more. */
  async read<T>(name: string, schema: Schema<T>): Promise<T | null> {
    const holder = this.#holder
    if (holder === null) return null
    const value = await this.#quietly(async () => {
      const row: unknown = await this.#rows('readonly', (rows) => promisifyRequest(rows.get(RECORD + name)))
      return isRow(row) ? unseal(holder.key, placeOf(holder, name), row) : null
    })
    const read = schema.safeParse(value)
    return read.success ? read.data : null
  }

  /** Of the records whose names begin so, drops all but these. */
  async retain(start: string, names: ReadonlySet<string>): Promise<void> {
    const holder = this.#holder
    if (holder === null) return
    await this.#change(holder, async (rows) => {
      for (const key of texts(await promisifyRequest(rows.getAllKeys())))
        if (key.startsWith(RECORD + start) && !names.has(key.slice(RECORD.length))) rows.delete(key)
    })
  }

  /** Nothing is left, and nothing more is kept before the next {@link hold}. */
  async wipe(): Promise<void> {
    this.#holder = null
    await this.#quietly(() =>
      this.#rows('readwrite', (rows) => {
        rows.clear()
        return promisifyRequest(rows.transaction)
      }),
    )
  }

  /** Another tab may have wiped all of it, or hold it for the next session: then this one keeps nothing more. */
  async #change(holder: Holder, change: (rows: Rows) => unknown): Promise<void> {
    await this.#quietly(() =>
      this.#rows('readwrite', async (rows) => {
        const now: unknown = await promisifyRequest(rows.get(HOLDER))
        if (isSame(now, holder)) await change(rows)
        else if (isSame(this.#holder, holder)) this.#holder = null
        await promisifyRequest(rows.transaction)
      }),
    )
  }

  #isFresh({ contact }: Holder): boolean {
    const age = this.#now() - contact
    return age >= -BACK && age < KEPT_FOR
  }

  async #quietly<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch {
      return null
    }
  }
}

const placeOf = ({ who, session }: Holder, name: string) => `${who}|${session}|${name}`

const isSame = (value: unknown, { who, session }: Holder): boolean =>
  isHolder(value) && value.who === who && value.session === session

const isBefore = (one: Position | null, other: Position | null) =>
  one !== null && other !== null && one.epoch === other.epoch && one.seq < other.seq

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'key' in value && value.key instanceof CryptoKey
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'iv' in value && 'bytes' in value && 'at' in value
}
