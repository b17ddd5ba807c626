import { describe, expect, it } from 'vitest'
import { type AgentOrder, byAgentOrder } from '../../core/routing/agents.ts'
import { meets, needKey } from '../../core/routing/needs.ts'
import { toldPlace } from '../../core/routing/places.ts'
import { byRank, rank } from '../../core/routing/rank.ts'

describe('rank', () => {
  it('is age, with a minute for each point of priority', () => {
    expect(rank(1_000_000, 0)).toBe(1_000_000)
    expect(rank(1_000_000, 2)).toBe(880_000)
    expect(rank(1_000_000, -1)).toBe(1_060_000)
  })

  it('is a total order: equal ranks go by id', () => {
    const contacts = [
      { conversation: 'c', since: 60_000, priority: 1 },
      { conversation: 'a', since: 60_000, priority: 0 },
      { conversation: 'b', since: 0, priority: 0 },
    ]
    expect(contacts.sort(byRank).map((c) => c.conversation)).toEqual(['b', 'c', 'a'])
  })
})

describe('needs', () => {
  const has = { level: 2, skills: { german: 3 } }

  it.each([
    [{ level: 2, skills: {} }, true],
    [{ level: 3, skills: {} }, false],
    [{ level: 1, skills: { german: 3 } }, true],
    [{ level: 1, skills: { german: 4 } }, false],
    [{ level: 1, skills: { french: 1 } }, false],
    [{ level: 1, skills: { french: 0 } }, true],
  ])('%j: %s', (need, expected) => {
    expect(meets(has, need)).toBe(expected)
  })

  it('have the same key whatever the order of their skills', () => {
    expect(needKey({ level: 1, skills: { a: 1, b: 2 } })).toBe(needKey({ level: 1, skills: { b: 2, a: 1 } }))
    expect(needKey({ level: 1, skills: { a: 1 } })).not.toBe(needKey({ level: 1, skills: { a: 2 } }))
  })
})

describe('the order of agents', () => {
  const agents = [
    { agent: 'd', level: 1, idleSince: 5, load: 0, skills: {}, servedAt: 0, occupancy: 0 },
    { agent: 'b', level: 2, idleSince: 9, load: 1, skills: {}, servedAt: 0, occupancy: 0 },
    { agent: 'c', level: 2, idleSince: 9, load: 0, skills: {}, servedAt: 0, occupancy: 0 },
    { agent: 'a', level: 2, idleSince: 9, load: 0, skills: {}, servedAt: 0, occupancy: 0 },
    { agent: 'e', level: 2, idleSince: 3, load: 2, skills: {}, servedAt: 0, occupancy: 0 },
  ]
  const sorted = (order: AgentOrder) =>
    [...agents]
      .sort(byAgentOrder(order))
      .map((a) => a.agent)
      .join('')

  it('compares one attribute after another, then the id', () => {
    expect(
      sorted([
        { by: 'level', direction: 'desc' },
        { by: 'idle', direction: 'asc' },
        { by: 'load', direction: 'asc' },
      ]),
    ).toBe('eacbd')
    expect(sorted([{ by: 'load', direction: 'desc' }])).toBe('ebacd')
    expect(sorted([])).toBe('abcde')
  })
})

describe('places', () => {
  it.each([
    [1, 1],
    [20, 20],
    [21, 30],
    [30, 30],
    [91, 100],
    [100, 100],
    [101, 150],
    [1_000, 1_000],
  ])('position %i is told as %i', (position, told) => {
    expect(toldPlace(position)).toBe(told)
  })
})
