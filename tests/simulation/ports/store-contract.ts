/** What every Store must do, whatever it stands on: Node's SQLite in the unit tests, a Durable Object's in workerd. */
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../core/engine/ports.ts'

/** `lend` hands each test an empty Store, in the place where it may be used. */
export function storeContract(name: string, lend: (work: (store: Store) => void) => void | Promise<void>): void {
  const withTable = (work: (store: Store) => void) =>
    lend((store) => {
      store.exec('CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID')
      work(store)
    })
  const put = (store: Store, k: string, n: number | null) => store.exec('INSERT INTO t (k, n) VALUES (?, ?)', k, n)
  const all = (store: Store) => store.exec('SELECT k, n FROM t ORDER BY k')

  describe(`the Store of ${name}`, () => {
    it('yields rows as plain objects, and none where a statement has none', () =>
      withTable((store) => {
        expect(put(store, 'a', 1)).toEqual([])
        put(store, 'b', null)
        expect(all(store)).toEqual([
          { k: 'a', n: 1 },
          { k: 'b', n: null },
        ])
        expect(store.exec('DELETE FROM t WHERE k = ?', 'a')).toEqual([])
        expect(all(store)).toEqual([{ k: 'b', n: null }])
      }))

    it('keeps text exactly, in any script', () =>
      withTable((store) => {
        const text = 'o\'clock "x" \\ \n ünïcode 🙂 漢字'
        put(store, text, 1)
        expect(all(store)).toEqual([{ k: text, n: 1 }])
        expect(store.exec('SELECT n FROM t WHERE k = ?', text)).toEqual([{ n: 1 }])
      }))

    it('keeps whole numbers as large as times and versions get', () =>
      withTable((store) => {
        put(store, 'a', 1_900_000_000_000)
        put(store, 'b', 2 ** 52)
        expect(all(store)).toEqual([
          { k: 'a', n: 1_900_000_000_000 },
          { k: 'b', n: 2 ** 52 },
        ])
      }))

    it('answers with what a transaction answers, and keeps what it wrote', () =>
      withTable((store) => {
        const answer = store.transaction(() => {
          put(store, 'a', 1)
          return 'done'
        })
        expect(answer).toBe('done')
        expect(all(store)).toEqual([{ k: 'a', n: 1 }])
      }))

    it('sees inside a transaction what was written there', () =>
      withTable((store) => {
        store.transaction(() => {
          put(store, 'a', 1)
          expect(all(store)).toEqual([{ k: 'a', n: 1 }])
        })
      }))

    it('forgets all of a transaction that throws, and hands on the throw', () =>
      withTable((store) => {
        put(store, 'a', 1)
        const failing = () =>
          store.transaction(() => {
            store.exec('UPDATE t SET n = 2')
            put(store, 'b', 2)
            throw new RangeError('no')
          })
        expect(failing).toThrow(RangeError)
        expect(all(store)).toEqual([{ k: 'a', n: 1 }])
      }))

    it('forgets all of a transaction in which a statement fails', () =>
      withTable((store) => {
        const failing = () =>
          store.transaction(() => {
            put(store, 'a', 1)
            put(store, 'a', 2)
          })
        expect(failing).toThrow()
        expect(all(store)).toEqual([])
        put(store, 'a', 3)
        expect(all(store)).toEqual([{ k: 'a', n: 3 }])
      }))

    it('writes all statements of a commit, or none', () =>
      withTable((store) => {
        const insert = (k: string) => ['INSERT INTO t (k, n) VALUES (?, ?)', k, 1] as const
        store.write([insert('a')])
        store.write([insert('b'), insert('c')])
        expect(() => store.write([insert('d'), insert('a'), insert('e')])).toThrow()
        expect(() => store.write([insert('a')])).toThrow()
        expect(all(store).map(({ k }) => k)).toEqual(['a', 'b', 'c'])
      }))

    it('takes back a table that a failed transaction made', () =>
      lend((store) => {
        const failing = () =>
          store.transaction(() => {
            store.exec('CREATE TABLE u (k TEXT)')
            throw new Error('no')
          })
        expect(failing).toThrow('no')
        store.exec('CREATE TABLE u (k TEXT)')
        expect(store.exec('SELECT * FROM u')).toEqual([])
      }))

    it('holds the unique', () =>
      withTable((store) => {
        put(store, 'a', 1)
        expect(() => put(store, 'a', 2)).toThrow()
        store.exec('INSERT OR REPLACE INTO t (k, n) VALUES (?, ?)', 'a', 4)
        store.exec('INSERT OR IGNORE INTO t (k, n) VALUES (?, ?)', 'a', 5)
        expect(all(store)).toEqual([{ k: 'a', n: 4 }])
      }))
  })
}
