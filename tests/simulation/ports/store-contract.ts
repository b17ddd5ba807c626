/** What every Store must do, whatever it stands on: run by Node's SQLite here, by a Durable Object's in workerd. */
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../core/engine/ports.ts'

/** `make` gives an empty Store for each test. */
export function storeContract(name: string, make: () => Store | Promise<Store>): void {
  const withTable = async () => {
    const store = await make()
    store.exec('CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID')
    return store
  }
  const put = (store: Store, k: string, n: number | null) => store.exec('INSERT INTO t (k, n) VALUES (?, ?)', k, n)
  const all = (store: Store) => store.exec('SELECT k, n FROM t ORDER BY k')

  describe(`the Store of ${name}`, () => {
    it('yields rows as plain objects, and none where a statement has none', async () => {
      const store = await withTable()
      expect(put(store, 'a', 1)).toEqual([])
      put(store, 'b', null)
      expect(all(store)).toEqual([
        { k: 'a', n: 1 },
        { k: 'b', n: null },
      ])
      expect(store.exec('DELETE FROM t WHERE k = ?', 'a')).toEqual([])
      expect(all(store)).toEqual([{ k: 'b', n: null }])
    })

    it('keeps text exactly, in any script', async () => {
      const store = await withTable()
      const text = 'o\'clock "x" \\ \n ünïcode 🙂 漢字'
      put(store, text, 1)
      expect(all(store)).toEqual([{ k: text, n: 1 }])
      expect(store.exec('SELECT n FROM t WHERE k = ?', text)).toEqual([{ n: 1 }])
    })

    it('keeps whole numbers as large as times and versions get', async () => {
      const store = await withTable()
      put(store, 'a', 1_900_000_000_000)
      put(store, 'b', 2 ** 52)
      expect(all(store)).toEqual([
        { k: 'a', n: 1_900_000_000_000 },
        { k: 'b', n: 2 ** 52 },
      ])
    })

    it('answers with what a transaction answers, and keeps what it wrote', async () => {
      const store = await withTable()
      const answer = store.transaction(() => {
        put(store, 'a', 1)
        return 'done'
      })
      expect(answer).toBe('done')
      expect(all(store)).toEqual([{ k: 'a', n: 1 }])
    })

    it('sees inside a transaction what was written there', async () => {
      const store = await withTable()
      store.transaction(() => {
        put(store, 'a', 1)
        expect(all(store)).toEqual([{ k: 'a', n: 1 }])
      })
    })

    it('forgets all of a transaction that throws, and hands on the throw', async () => {
      const store = await withTable()
      put(store, 'a', 1)
      const failing = () =>
        store.transaction(() => {
          store.exec('UPDATE t SET n = 2')
          put(store, 'b', 2)
          throw new RangeError('no')
        })
      expect(failing).toThrow(RangeError)
      expect(all(store)).toEqual([{ k: 'a', n: 1 }])
    })

    it('forgets all of a transaction in which a statement fails', async () => {
      const store = await withTable()
      const failing = () =>
        store.transaction(() => {
          put(store, 'a', 1)
          put(store, 'a', 2)
        })
      expect(failing).toThrow()
      expect(all(store)).toEqual([])
      put(store, 'a', 3)
      expect(all(store)).toEqual([{ k: 'a', n: 3 }])
    })

    it('takes back a table that a failed transaction made', async () => {
      const store = await make()
      const failing = () =>
        store.transaction(() => {
          store.exec('CREATE TABLE u (k TEXT)')
          throw new Error('no')
        })
      expect(failing).toThrow('no')
      store.exec('CREATE TABLE u (k TEXT)')
      expect(store.exec('SELECT * FROM u')).toEqual([])
    })

    it('holds the unique', async () => {
      const store = await withTable()
      put(store, 'a', 1)
      expect(() => put(store, 'a', 2)).toThrow()
      store.exec('INSERT OR REPLACE INTO t (k, n) VALUES (?, ?)', 'a', 4)
      store.exec('INSERT OR IGNORE INTO t (k, n) VALUES (?, ?)', 'a', 5)
      expect(all(store)).toEqual([{ k: 'a', n: 4 }])
    })
  })
}
