/** The versions that Book keeps: BK1, BK4 to BK6 on the real model. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesBetween } from '../../core/book/diff.ts'
import { bookModel, publish, read, returnTo } from '../../core/book/model.ts'
import { versions } from '../../core/book/versions.ts'
import { address } from '../../core/ids.ts'
import type { ConfigChange, ConfigInput } from '../../core/protocol/config.ts'
import { Harness, org } from '../support/harness.ts'
import { codeOf } from '../support/talk.ts'

const make = () => new Harness(address(org, 'book', 'book'), bookModel)
type H = ReturnType<typeof make>
let keys = 0
const how = { by: 'olga', note: 'because' }
const once = (h: H, work: Parameters<H['actor']['once']>[2]) => h.actor.once('olga', `key-${++keys}`, work)
const put = (h: H, config: unknown, more: { base?: number } = {}) =>
  once(h, (state, turn) => publish(state, turn, { ...how, config, ...more }))
const back = (h: H, to: number, more: { base?: number } = {}) =>
  once(h, (state, turn) => returnTo(state, turn, { ...how, to, ...more }))

const named = (organisation: string): ConfigInput => ({
  organisation,
  queues: { sales: { name: 'Sales' } },
  plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
  entrances: { chat: 'chat' },
  agents: {},
})

describe('versions', () => {
  it('BK4: are known by who published them, when and why, newest first', () => {
    const h = make()
    put(h, named('One'))
    h.clock.time += 1_000
    put(h, named('Two'))
    h.evict()
    expect(versions(h.state)).toEqual([
      { version: 2, at: 1_001_000, by: 'olga', note: 'because', returnTo: null },
      { version: 1, at: 1_000_000, by: 'olga', note: 'because', returnTo: null },
    ])
  })

  it('BK4: keep one configuration in memory, however many there are', () => {
    const h = make()
    for (const name of ['One', 'Two', 'Three']) put(h, named(name))
    h.evict()
    const first = read(h.state)
    expect(read(h.state)).toEqual(first)
    expect(read(h.state, 1)).toMatchObject({ value: { config: { organisation: 'One' } } })
    expect(read(h.state, 2)).toMatchObject({ value: { config: { organisation: 'Two' } } })
    expect(read(h.state)).toEqual(first)
  })

  it('BK5: come back as a new version, that says so and is told like any other', async () => {
    const h = make()
    put(h, named('One'))
    put(h, { ...named('Two'), queues: { sales: { name: 'Sales' }, care: { name: 'Care' } } })
    await h.sent()
    expect(back(h, 1, { base: 2 })).toEqual({ ok: true, value: { version: 3 } })
    expect(read(h.state, 3)).toMatchObject({ value: { config: { organisation: 'One' } } })
    expect(versions(h.state)[0]).toMatchObject({ version: 3, returnTo: 1 })
    const told = (await h.sent()).map(({ to, message }) => [to, Object(message).version, Object(message).config?.name])
    expect(told.sort()).toEqual([
      [`${org}/queue/care`, 3, undefined],
      [`${org}/queue/sales`, 3, 'Sales'],
    ])
    expect(codeOf(back(h, 9))).toBe('not_found')
  })

  it('BK6: are refused when another was published meanwhile, and nothing changes', async () => {
    const h = make()
    expect(put(h, named('One'), { base: 0 })).toEqual({ ok: true, value: { version: 1 } })
    put(h, named('Two'), { base: 1 })
    await h.sent()
    expect(put(h, named('Other'), { base: 1 })).toMatchObject({ error: { code: 'conflict', field: 'base' } })
    expect(codeOf(back(h, 1, { base: 1 }))).toBe('conflict')
    expect(codeOf(put(h, named('Other'), { base: 3 }))).toBe('conflict')
    expect(read(h.state)).toMatchObject({ value: { version: 2, config: { organisation: 'Two' } } })
    expect(await h.sent()).toEqual([])
  })

  it('BK1: that failed to be stored were never published', () => {
    const h = make()
    put(h, named('One'))
    expect(() =>
      once(h, (state, turn) => {
        publish(state, turn, { ...how, config: named('Two') })
        throw new Error('the turn fails')
      }),
    ).toThrow('the turn fails')
    expect(read(h.state)).toMatchObject({ value: { version: 1, config: { organisation: 'One' } } })
    expect(put(h, named('Three'))).toEqual({ ok: true, value: { version: 2 } })
    expect(read(h.state, 2)).toMatchObject({ value: { config: { organisation: 'Three' } } })
  })
})

describe('what is different', () => {
  it.each<[before: unknown, after: unknown, changes: ConfigChange[]]>([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: { b: 1 } }, { a: { b: 2 } }, [{ kind: 'changed', path: 'a.b', before: 1, after: 2 }]],
    [
      { a: 1 },
      { b: { c: 2 } },
      [
        { kind: 'removed', path: 'a', before: 1 },
        { kind: 'added', path: 'b', after: { c: 2 } },
      ],
    ],
    [{ a: null }, { a: {} }, [{ kind: 'changed', path: 'a', before: null, after: {} }]],
    [{ l: [1, 2, 3] }, { l: [1, 3] }, [{ kind: 'removed', path: 'l.1', before: 2 }]],
    [{ l: ['x', 'z'] }, { l: ['x', 'y', 'z'] }, [{ kind: 'added', path: 'l.1', after: 'y' }]],
    [
      { l: [{ q: 1 }, { q: 2 }] },
      { l: [{ q: 1 }, { q: 3 }] },
      [{ kind: 'changed', path: 'l.1.q', before: 2, after: 3 }],
    ],
    [{}, { constructor: 1 }, [{ kind: 'added', path: 'constructor', after: 1 }]],
  ])('BK4: is told by its path: %j → %j', (before, after, changes) => {
    expect(changesBetween(before, after)).toEqual(changes)
  })

  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, true, 1, 'x', 'y'),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any')),
    ),
  })).any

  it('BK4: is nothing between equals, and all it takes to make one of the other', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(changesBetween(before, structuredClone(before))).toEqual([])
        expect(applied(before, changesBetween(before, after))).toEqual(after)
      }),
    )
  })
})

/** One value with changes carried out: what was there is taken out from the end, what is new put in from the beginning. */
function applied(value: unknown, changes: readonly ConfigChange[]): unknown {
  const root = { '': structuredClone(value) }
  const place = (path: string) => {
    const keys = path === '' ? [''] : ['', ...path.split('.')]
    const last = keys.pop() ?? ''
    return { holder: keys.reduce<Record<string, unknown>>((at, key) => Object(at[key]), root), last }
  }
  const removed = changes.filter((change) => change.kind === 'removed').reverse()
  for (const change of changes) {
    if (change.kind !== 'changed') continue
    const { holder, last } = place(change.path)
    holder[last] = structuredClone(change.after)
  }
  for (const { path } of removed) {
    const { holder, last } = place(path)
    if (Array.isArray(holder)) holder.splice(Number(last), 1)
    else delete holder[last]
  }
  for (const change of changes) {
    if (change.kind !== 'added') continue
    const { holder, last } = place(change.path)
    if (Array.isArray(holder)) holder.splice(Number(last), 0, structuredClone(change.after))
    else holder[last] = structuredClone(change.after)
  }
  return root['']
}
