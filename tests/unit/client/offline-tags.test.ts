import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tagsAfter, tagsWait } from '../../../client/console/offline/tags.ts'
import type { Item } from '../../../client/net/outbox.ts'

const itemOf = (body: unknown, more: Partial<Item> = {}): Item => ({
  id: 'x',
  name: 'tag',
  body,
  at: 0,
  words: false,
  sent: false,
  state: 'waiting',
  refusal: null,
  ...more,
})

it('OL3: shows tags as they will be, whatever waits: the last word on each counts', () => {
  const change = fc.record({ id: fc.constantFrom('a', 'b', 'c'), isOn: fc.boolean() })
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c')), fc.array(change), (tags, changes) => {
      const items = changes.map(({ id, isOn }) => itemOf(isOn ? { add: [id] } : { remove: [id] }))
      const last = new Map<string, boolean>(changes.map(({ id, isOn }) => [id, isOn]))
      const expected = ['a', 'b', 'c'].filter((id) => last.get(id) ?? tags.includes(id))
      expect([...tagsAfter(tags, items)].sort()).toEqual(expected)
      expect(tagsWait(items)).toBe(changes.length > 0)
    }),
  )
})

it('OL3: leaves alone what was refused, and what is no change of tags', () => {
  const items = [itemOf({ add: ['a'] }, { state: 'failed' }), itemOf({ add: ['b'] }, { name: 'describe' }), itemOf('?')]
  expect([...tagsAfter(['c'], items)]).toEqual(['c'])
})
