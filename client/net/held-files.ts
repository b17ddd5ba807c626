/**
 * Files on their way, kept by this browser so that a reload cuts none of them off. Where the storage is full or forbidden,
 * whoever asks for it is told so.
 */
import type { UseStore } from 'idb-keyval'
import { isForgetful } from './browser.ts'
import type { HeldFile, HeldFiles } from './upload-ports.ts'

/** As it is stored; `at` in ms. */
interface Stored extends HeldFile {
  readonly at: number
}
/** As long as the server waits for parts, in ms. */
const KEPT_FOR = 24 * 3_600_000

/** Those of `scope`: a conversation, seen by one person. */
export function heldFiles(scope: string): HeldFiles {
  const start = `${scope}|`
  return {
    hold: (item) =>
      quietly((db, store) => db.set(start + item.id, { ...item, at: Date.now() } satisfies Stored, store)),
    async letGo(id) {
      await quietly((db, store) => db.del(start + id, store))
    },
    async holds(id) {
      let found: Stored | undefined
      await quietly(async (db, store) => {
        found = await db.get<Stored>(start + id, store)
      })
      return found !== undefined
    },
    async all() {
      const found: HeldFile[] = []
      await quietly(async (db, store) => {
        for (const [key, item] of await db.entries<string, Stored>(store)) {
          // Whosever it is: nobody may come back to it.
          if (item.at + KEPT_FOR < Date.now()) await db.del(key, store)
          else if (key.startsWith(start)) found.push(item)
        }
      })
      return found
    },
    async alone(id, signal, work) {
      if (navigator.locks === undefined) return work()
      await navigator.locks.request(`parley.file.${id}`, { signal }, work).catch(() => {})
    },
  }
}

/** Forgets those of all scopes that begin so. */
export const dropHeld = (start: string): Promise<boolean> =>
  quietly(async (db, store) => {
    for (const key of await db.keys<string>(store)) if (key.startsWith(start)) await db.del(key, store)
  })

let store: UseStore | undefined
/** Whether the storage did it. The library comes after the page: what it is for can wait that long. */
async function quietly(work: (db: typeof import('idb-keyval'), store: UseStore) => Promise<void>): Promise<boolean> {
  if (isForgetful) return false
  try {
    const db = await import('idb-keyval')
    store ??= db.createStore('parley-files', 'under-way')
    await work(db, store)
    return true
  } catch {
    return false
  }
}
