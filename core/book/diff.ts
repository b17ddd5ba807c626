/** What is different between two configurations, part by part, by the same paths that errors name. */
import { own } from '../own.ts'
import type { ConfigChange } from '../protocol/config.ts'

/** Every difference, in the order of the parts; none between equals. Applied to the first, they make the second. */
export function changesBetween(before: unknown, after: unknown): ConfigChange[] {
  return [...changes(before, after, '')]
}

function* changes(before: unknown, after: unknown, path: string): Generator<ConfigChange> {
  if (before === undefined && after === undefined) return
  if (before === undefined) yield { kind: 'added', path, after }
  else if (after === undefined) yield { kind: 'removed', path, before }
  else if (Array.isArray(before) && Array.isArray(after)) yield* inLists(before, after, path)
  else if (isTree(before) && isTree(after)) yield* inTrees(before, after, path)
  else if (before !== after) yield { kind: 'changed', path, before, after }
}

function* inTrees(before: Tree, after: Tree, path: string): Generator<ConfigChange> {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    yield* changes(own(before, key), own(after, key), within(path, key))
  }
}

/**
 * What two lists begin and end with is alike; between that, places are compared one by one, and what one list has more is
 * added or removed. So one element put in or taken out anywhere is one change. An added element is named by its place in
 * the list as it became, any other by its place in the list as it was.
 */
function* inLists(before: readonly unknown[], after: readonly unknown[], path: string): Generator<ConfigChange> {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && isSame(before[head], after[head])) head += 1
  let tail = 0
  while (tail < shorter - head && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail += 1
  for (let n = head; n < Math.max(before.length, after.length) - tail; n += 1) {
    const isBefore = n < before.length - tail
    const isAfter = n < after.length - tail
    yield* changes(isBefore ? before[n] : undefined, isAfter ? after[n] : undefined, within(path, String(n)))
  }
}

type Tree = Readonly<Record<string, unknown>>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const isSame = (one: unknown, other: unknown) => changes(one, other, '').next().done === true
const within = (path: string, key: string) => (path === '' ? key : `${path}.${key}`)
