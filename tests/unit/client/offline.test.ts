/** What a browser keeps for the time without a network: who opens it, what replaces it, when it goes. */
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { createStore, entries, set } from 'idb-keyval'
import { beforeEach, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { importKey } from '../../../client/console/offline/seal.ts'
import { KEPT_FOR, OfflineStore } from '../../../client/console/offline/store.ts'

const HOUR = 3_600_000
const keyOf = (fill: string) => importKey(fill.repeat(43))
let count = 0
let name = ''
let now = 0
const page = () => new OfflineStore(() => now, name)
/** Everything that a thief of the browser's profile finds, but for the key. */
const raw = () => entries<string, unknown>(createStore(name, 'sealed'))
const said = async () =>
  (await raw())
    .flatMap(([, row]) => (typeof row === 'object' && row !== null && 'bytes' in row ? [row.bytes] : []))
    .map((bytes) => (bytes instanceof ArrayBuffer ? new TextDecoder().decode(bytes) : ''))
    .join()

beforeEach(() => {
  name = `test-${++count}`
  now = 1_000_000_000_000
})

/** A page of Ada's that has kept one thing. */
async function keeping(session = 's1') {
  const store = page()
  await store.hold('acme/ada', session, await keyOf('A'))
  await store.keep('talk/c1', 'Her number is 555-0199')
  return store
}

it('OL1: a later page of the same session reads what was kept; the storage itself says nothing of it', async () => {
  await keeping()
  expect(await said()).not.toContain('555')
  const later = page()
  expect(await later.read('talk/c1', z.string())).toBe(null)
  expect(await later.open('acme/ada')).toBe('acme/ada')
  expect(await later.read('talk/c1', z.string())).toBe('Her number is 555-0199')
  expect(await later.read('talk/c1', z.number())).toBe(null)
})

it('OL1: the key cannot be read out', async () => {
  const key = await keyOf('A')
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})

it.each([
  ['another person', 'acme/ben', 's1', 'A'],
  ['the same person in another session', 'acme/ada', 's2', 'B'],
])('OL1: %s reads nothing, and takes the place', async (_, who, session, fill) => {
  const old = await keeping()
  const other = page()
  expect(await other.open(who)).toBe('acme/ada')
  if (who !== 'acme/ada') expect(await other.read('talk/c1', z.string())).toBe(null)
  expect(await other.hold(who, session, await keyOf(fill))).toBe(true)
  expect(await other.read('talk/c1', z.string())).toBe(null)
  expect((await raw()).map(([key]) => key)).toEqual(['holder'])
  // The old page goes on for a moment, and puts nothing in.
  await old.keep('talk/c1', 'still here')
  expect((await raw()).map(([key]) => key)).toEqual(['holder'])
})

it('OL1: a record opens in its own place only', async () => {
  const store = await keeping()
  const rows = new Map(await raw())
  await set('record/talk/c2', rows.get('record/talk/c1'), createStore(name, 'sealed'))
  expect(await store.read('talk/c2', z.string())).toBe(null)
  expect(await store.read('talk/c1', z.string())).not.toBe(null)
})

it('OL4: a wipe leaves nothing, and a page that has not heard of it puts nothing back', async () => {
  const [one, other] = [await keeping(), page()]
  await other.open('acme/ada')
  await one.wipe()
  await Promise.all([other.keep('talk/c2', 'late'), other.touch(), other.keep('talk/c3', 'later')])
  expect(await raw()).toEqual([])
})

it('OL4: is over after 12 h without the server, counted from when it was heard last', async () => {
  const store = await keeping()
  now += 11 * HOUR
  await store.touch()
  now += 11 * HOUR
  expect(store.isOver).toBe(false)
  expect(await page().open('acme/ada')).toBe('acme/ada')
  now += HOUR
  expect(store.isOver).toBe(true)
  expect(await page().open(null)).toBe(null)
  expect(await raw()).toEqual([])
})

it('OL4: a clock that is set back makes it no longer', async () => {
  await keeping()
  now -= HOUR
  expect(await page().open('acme/ada')).toBe(null)
  expect(await raw()).toEqual([])
  expect(KEPT_FOR).toBe(12 * HOUR)
})

it('OL2: drops what is no longer owned, and keeps the rest', async () => {
  const store = await keeping()
  for (const id of ['c2', 'c3']) await store.keep(`talk/${id}`, id)
  await store.keep('board', [])
  await store.retain('talk/', new Set(['talk/c3']))
  expect((await raw()).map(([key]) => key).sort()).toEqual(['holder', 'record/board', 'record/talk/c3'])
})

it('OL2: whatever order several tabs write in, the newest picture of a stream stays', async () => {
  const picture = fc.record({ tab: fc.nat(2), seq: fc.nat(20), epoch: fc.constantFrom('e1') })
  await fc.assert(
    fc.asyncProperty(fc.array(picture, { minLength: 1, maxLength: 12 }), async (pictures) => {
      name = `test-${++count}`
      await (await keeping()).wipe()
      const tabs = [page(), page(), page()]
      for (const tab of tabs) await tab.hold('acme/ada', 's1', await keyOf('A'))
      await Promise.all(pictures.map(({ tab, seq, epoch }) => tabs[tab]?.keep('talk/c1', seq, { epoch, seq })))
      expect(await tabs[0]?.read('talk/c1', z.number())).toBe(Math.max(...pictures.map(({ seq }) => seq)))
    }),
    { numRuns: 30 },
  )
})

it('OL2: of a restored actor, whose numbers began anew, the last written stays', async () => {
  const store = await keeping()
  await store.keep('talk/c1', 'before', { epoch: 'e1', seq: 90 })
  await store.keep('talk/c1', 'after', { epoch: 'e2', seq: 2 })
  expect(await store.read('talk/c1', z.string())).toBe('after')
})
