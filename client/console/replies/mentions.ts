/** Colleagues named in a note: which is meant by what is being typed, and whom a note names. */
import { fold, UNIT } from '../../../core/text/fold.ts'
import type { Call } from './matching.ts'

export interface Person {
  readonly id: string
  readonly name: string
}

const sign = /(?<![\p{L}\p{N}_@])@([\p{L}\p{N}\p{M}'’._-]{0,40})$/u
const MOST = 20

/** Null where nobody is being named. */
export function namingAt(text: string, caret: number): Call | null {
  const found = sign.exec(text.slice(0, caret))
  if (found === null || /^[\p{L}\p{N}]/u.test(text.slice(caret))) return null
  return { from: found.index, to: caret, query: found[1] ?? '' }
}

/** Those of whose names some word begins so; whose name itself does, first. */
export function peopleFor(people: readonly Person[], query: string): Person[] {
  const wanted = folded(query)
  const rank = ({ name }: Person) => {
    const its = folded(name)
    if (its.startsWith(wanted)) return 0
    return its.split(/\s+/).some((word) => word.startsWith(wanted)) ? 1 : null
  }
  return people
    .flatMap((person) => {
      const at = rank(person)
      return at === null ? [] : [{ person, at }]
    })
    .sort((a, b) => a.at - b.at || a.person.name.localeCompare(b.person.name))
    .slice(0, MOST)
    .map(({ person }) => person)
}

/** Whom a note names, as `@Name`: of names that begin alike the longest. Several of one name are all meant. */
export function namedIn(text: string, people: readonly Person[]): string[] {
  const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length)
  const found = new Set<string>()
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}_@])@/gu)) {
    const rest = text.slice(index + 1)
    const isNamed = ({ name }: Person) =>
      name !== '' && rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length))
    const first = longestFirst.find(isNamed)
    for (const { id, name } of people) if (name === first?.name) found.add(id)
  }
  return [...found]
}

const folded = (text: string): string => text.replace(UNIT, fold)
