/** Keeps unanswered words in the browser's storage: one key per page, taken over by another page when its own is gone. */
import type { Item } from './outbox.ts'
import { KeptItems } from './shapes.ts'

/** The parts of the browser that this needs. `locks` is missing on plain http. */
export interface KeptPorts {
  readonly tab: string
  readonly storage: KeptStorage
  readonly locks: KeptLocks | undefined
  /** Calls with the key that another page has changed. */
  watch(listener: (key: string) => void): () => void
}

export interface KeptStorage {
  readonly length: number
  key(at: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface KeptLocks {
  request(name: string, options: { signal: AbortSignal }, held: () => Promise<void>): Promise<unknown>
}

const prefix = 'parley.kept'
export const tabLock = (tab: string): string => `parley.tab.${tab}`

export interface Kept {
  save(items: readonly Item[]): void
  /** Hands over what an earlier link of this page has left, and what pages have left that are gone, or go later. */
  adopt(take: (items: readonly Item[]) => void): () => void
}

/** `scope` is what the words belong to: a conversation, seen by one person. */
export function kept(ports: KeptPorts, scope: string): Kept {
  const start = `${prefix}.${scope}|`
  const own = start + ports.tab
  const save = (items: readonly Item[]) => {
    // A full or forbidden storage costs the safety over a reload, not the message.
    try {
      if (items.length === 0) ports.storage.removeItem(own)
      else ports.storage.setItem(own, JSON.stringify(items))
    } catch {}
  }
  return { save, adopt: (take) => adopt(ports, start, take) }
}

function adopt(ports: KeptPorts, start: string, take: (items: readonly Item[]) => void): () => void {
  const stop = new AbortController()
  const waiting = new Set<string>()
  const takeOver = (key: string) => {
    waiting.delete(key)
    // Ours are safe under our own key before theirs goes.
    take(read(ports.storage, key))
    ports.storage.removeItem(key)
  }
  const look = (key: string) => {
    const tab = key.slice(start.length)
    if (!key.startsWith(start) || tab === ports.tab || waiting.has(key)) return
    waiting.add(key)
    // Each page holds the lock of its name as long as it lives: whoever gets it knows that the page is gone.
    if (!ports.locks) return takeOver(key)
    ports.locks.request(tabLock(tab), { signal: stop.signal }, async () => takeOver(key)).catch(() => {})
  }
  take(read(ports.storage, start + ports.tab))
  for (const key of keys(ports.storage)) look(key)
  const unwatch = ports.watch(look)
  return () => {
    stop.abort()
    unwatch()
  }
}

/** Of the scopes that begin so, the rest of those that hold words. */
export function keptScopes(storage: KeptStorage, beginning: string): readonly string[] {
  const start = `${prefix}.${beginning}`
  const found = keys(storage).filter((key) => key.startsWith(start))
  return [...new Set(found.map((key) => key.slice(start.length, key.lastIndexOf('|'))))]
}

/** Drops all words of the scopes that begin so. */
export function dropKept(storage: KeptStorage, beginning: string): void {
  dropKeys(storage, `${prefix}.${beginning}`)
}

export function dropKeys(storage: KeptStorage, start: string): void {
  for (const key of keys(storage)) if (key.startsWith(start)) storage.removeItem(key)
}

function keys(storage: KeptStorage): string[] {
  return Array.from({ length: storage.length }, (_, at) => storage.key(at)).filter((key) => key !== null)
}

function read(storage: KeptStorage, key: string): readonly Item[] {
  try {
    const items = KeptItems.safeParse(JSON.parse(storage.getItem(key) ?? '[]'))
    return items.success ? items.data : []
  } catch {
    return []
  }
}
