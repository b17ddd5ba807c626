import { describe, expect, it } from 'vitest'
import { dropKept, type KeptLocks, type KeptStorage, kept, keptScopes, tabLock } from '../../../client/net/kept.ts'
import type { Item } from '../../../client/net/outbox.ts'

const item = (id: string): Item => {
  return { id, at: 1, name: 'post', body: { text: id }, words: true, sent: false, state: 'waiting', refusal: null }
}

/** Storage and locks that several pages share. */
function browser() {
  const rows = new Map<string, string>()
  const storage: KeptStorage = {
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, value) => void rows.set(key, value),
    removeItem: (key) => void rows.delete(key),
    key: (at) => [...rows.keys()][at] ?? null,
    get length() {
      return rows.size
    },
  }
  const alive = new Set<string>()
  const waiting: { name: string; held: () => Promise<void> }[] = []
  const locks: KeptLocks = {
    async request(name, _options, held) {
      if (alive.has(name)) waiting.push({ name, held })
      else await held()
    },
  }
  const watchers = new Set<(key: string) => void>()
  const open = (tab: string, withLocks = true) => {
    alive.add(tabLock(tab))
    const watch = (listener: (key: string) => void) => {
      watchers.add(listener)
      return () => watchers.delete(listener)
    }
    const page = kept({ tab, storage, locks: withLocks ? locks : undefined, watch }, 'c.shop.1')
    const has: string[] = []
    page.adopt((items) => void has.push(...items.map(({ id }) => id)))
    return { page, has }
  }
  const close = async (tab: string) => {
    alive.delete(tabLock(tab))
    for (const { name, held } of waiting) if (name === tabLock(tab)) await held()
  }
  const changed = (key: string) => {
    for (const watch of watchers) watch(key)
  }
  return { open, close, rows, changed, storage }
}

describe('kept words', () => {
  it('come back to the page that follows a reload, once', async () => {
    const { open, close, rows } = browser()
    open('a').page.save([item('one')])
    await close('a')
    expect(open('b').has).toEqual(['one'])
    expect(rows.size).toBe(0)
    expect(open('c').has).toEqual([])
  })

  it('stay with their page while it lives, and go to another when it is gone', async () => {
    const { open, close, rows, changed } = browser()
    const a = open('a')
    const b = open('b')
    a.page.save([item('one')])
    changed([...rows.keys()][0] ?? '')
    expect(b.has).toEqual([])
    await close('a')
    expect(b.has).toEqual(['one'])
  })

  it('leave nothing behind when all is answered', () => {
    const { open, rows } = browser()
    const { page } = open('a')
    page.save([item('one')])
    page.save([])
    expect(rows.size).toBe(0)
  })

  it('are taken over at once where there are no locks: the same command twice is one entry', () => {
    const { open } = browser()
    open('a', false).page.save([item('one')])
    expect(open('b', false).has).toEqual(['one'])
  })

  it('come back to a link that the same page opens again', () => {
    const { open, rows } = browser()
    open('a').page.save([item('one')])
    expect(open('a').has).toEqual(['one'])
    expect(rows.size).toBe(1)
  })

  it('of an earlier release count as sent, since nobody knows', () => {
    const { open, rows } = browser()
    const { sent: _, ...old } = item('one')
    rows.set('parley.kept.c.shop.1|a', JSON.stringify([old]))
    expect(open('a').has).toEqual(['one'])
  })

  it('can be looked for and dropped by what their scopes begin with', () => {
    const { open, storage, rows } = browser()
    open('a').page.save([item('one')])
    rows.set('parley.kept.s.ada.1|a', '[]')
    expect(keptScopes(storage, 'c.shop.')).toEqual(['1'])
    dropKept(storage, 'c.shop.')
    expect([...rows.keys()]).toEqual(['parley.kept.s.ada.1|a'])
  })
})
