import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Lanes } from '../../../core/routing/lanes.ts'
import { Ordered, SLICE } from '../../../core/routing/reordering.ts'
import { Sorted } from '../../../core/routing/sorted.ts'

interface Item {
  readonly id: string
  readonly kind: string
  readonly at: number
}
const byAt = (a: Item, b: Item) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const ordering = { idOf: ({ id }: Item) => id, kindOf: ({ kind }: Item) => kind, compare: byAt }
const item: fc.Arbitrary<Item> = fc.record({
  id: fc.integer({ min: 0, max: 30 }).map(String),
  kind: fc.constantFrom('a', 'b', 'c'),
  at: fc.integer({ min: 0, max: 9 }),
})
const change = fc.oneof(item, fc.integer({ min: 0, max: 30 }).map(String))

describe('a sorted sequence', () => {
  it('RT5: is what sorting would give, through some thousand changes', () => {
    const sorted = new Sorted<number>((a, b) => a - b)
    const plain = new Set<number>()
    for (let i = 0; i < 6_000; i += 1) {
      const n = (i * 7_919) % 4_001
      if (plain.delete(n)) expect(sorted.remove(n)).toBe(true)
      else {
        expect(sorted.remove(n)).toBe(false)
        plain.add(n)
        sorted.add(n)
      }
    }
    const expected = [...plain].sort((a, b) => a - b)
    expect([...sorted]).toEqual(expected)
    expect(sorted.size).toBe(expected.length)
    expect(sorted.first).toBe(expected[0])
    for (const at of [0, 1, 600, expected.length - 1]) {
      expect(sorted.before(expected[at] ?? 0)).toBe(at)
      expect(sorted.at(at)).toBe(expected[at])
      expect([...sorted.from(at)]).toEqual(expected.slice(at))
    }
    expect([sorted.at(expected.length), ...sorted.from(expected.length)]).toEqual([undefined])
    expect(sorted.before(5_000)).toBe(expected.length)
    for (const n of expected) sorted.remove(n)
    expect([sorted.size, sorted.first, sorted.before(1)]).toEqual([0, undefined, 0])
  })
})

describe('lanes', () => {
  it('RT5: give the first that suits, as a look at everybody would', () => {
    fc.assert(
      fc.property(
        fc.array(change),
        fc.subarray(['a', 'b', 'c']),
        fc.integer({ min: 1, max: 3 }),
        (changes, kinds, n) => {
          const lanes = new Lanes(ordering)
          const plain = new Map<string, Item>()
          for (const each of changes) {
            if (typeof each === 'string') {
              lanes.delete(each)
              plain.delete(each)
            } else {
              lanes.put(each)
              plain.set(each.id, each)
            }
          }
          const suits = ({ id }: Item) => Number(id) % n === 0
          const found = lanes.first(({ kind }) => kinds.includes(kind), suits)
          const expected = [...plain.values()].filter((each) => kinds.includes(each.kind) && suits(each)).sort(byAt)[0]
          expect(found).toEqual(expected)
          expect(lanes.size).toBe(plain.size)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('RT5: are brought into a new order in slices, while contacts come and go; until then the old one holds', () => {
    const backwards = { ...ordering, compare: (a: Item, b: Item) => byAt(b, a) }
    const everybody = () => true
    fc.assert(
      fc.property(fc.array(item), fc.array(fc.array(change, { maxLength: 5 })), (first, between) => {
        const ordered = new Ordered(ordering)
        const plain = new Map<string, Item>()
        const put = (each: Item) => {
          ordered.put(each)
          plain.set(each.id, each)
        }
        first.forEach(put)
        // A re-sort that would be over at once is begun as one that is not.
        const many = Array.from({ length: SLICE + 1 }, (_, i) => ({ id: `x${i}`, kind: 'x', at: 100 + i }))
        many.forEach(put)
        ordered.reorder(backwards)
        expect(ordered.isReordering).toBe(true)
        for (const { id } of many) {
          ordered.delete(id)
          plain.delete(id)
        }
        const all = () => [...plain.values()].sort(byAt)
        for (const changes of between) {
          for (const each of changes) {
            if (typeof each !== 'string') put(each)
            else {
              ordered.delete(each)
              plain.delete(each)
            }
          }
          const expected = ordered.isReordering ? all()[0] : all().at(-1)
          expect(ordered.lanes.first(everybody, everybody)).toEqual(expected)
          ordered.advance(3)
        }
        while (!ordered.advance(1_000)) expect(ordered.isReordering).toBe(true)
        expect(ordered.lanes.first(everybody, everybody)).toEqual(all().at(-1))
        expect(ordered.lanes.size).toBe(plain.size)
      }),
      { numRuns: 20 },
    )
  })
})
