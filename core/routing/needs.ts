/** What a contact asks of an agent in a queue, and whether an agent has it. */
import type { Need } from '../protocol/need.ts'
import { type Able, type Expression, holds } from './requirement/expression.ts'
import { normal } from './requirement/normal.ts'
import { parse } from './requirement/parse.ts'
import { print } from './requirement/print.ts'
import { type Relaxation, relax } from './requirement/relax.ts'

/** A need as it is judged by. `key` is the same text for needs with the same normal form. */
interface Asked {
  readonly expression: Expression
  readonly key: string
}

/** Needs are never changed in place: each is read once, for as long as it is kept. */
const read = new WeakMap<Need, Asked>()

/** Whether an agent has all of it: the level in the queue, every skill at its least level, and what the expression says. */
export function meets(has: Able, need: Need): boolean {
  return holds(asked(need).expression, has)
}

/** The same text only for needs that the same agents meet. */
export function needKey(need: Need): string {
  return asked(need).key
}

/** The need as one expression: what was stored before there were any is the case without `where`. */
export function requirement({ level, skills, where }: Need): Expression {
  const least: Expression[] = Object.entries(skills).map(([skill, n]) => ({ is: 'level', skill, op: '>=', level: n }))
  return {
    is: 'all',
    of: [{ is: 'level', skill: null, op: '>=', level }, ...least, ...(where === undefined ? [] : [written(where)])],
  }
}

/** The skills whose level its expression asks for. */
export function skillsIn({ where }: Need): ReadonlySet<string> {
  return where === undefined ? new Set() : namedIn(written(where))
}

function namedIn(expression: Expression): Set<string> {
  if (expression.is === 'level') return new Set(expression.skill === null ? [] : [expression.skill])
  if (expression.is === 'text') return new Set()
  return new Set((expression.is === 'not' ? [expression.of] : expression.of).flatMap((each) => [...namedIn(each)]))
}

/** A need that asks for less. */
export function relaxNeed({ level, skills, where }: Need, relaxation: Relaxation): Need {
  const { lower, waive } = relaxation
  const left = Object.entries(skills).filter(([skill]) => !waive.includes(skill))
  const eased = where === undefined ? undefined : print(relax(written(where), relaxation))
  return {
    level: Math.max(0, level - lower),
    skills: Object.fromEntries(left.map(([skill, n]) => [skill, Math.max(0, n - lower)])),
    ...(eased === undefined || eased === 'anybody' ? {} : { where: eased }),
  }
}

function asked(need: Need): Asked {
  const known = read.get(need)
  if (known !== undefined) return known
  const expression = normal(requirement(need))
  const fresh = { expression, key: print(expression) }
  read.set(need, fresh)
  return fresh
}

/** The schema has read it before; what slipped through all the same is met by nobody rather than by anybody. */
function written(text: string): Expression {
  const parsed = parse(text)
  return parsed.ok ? parsed.value : { is: 'one', of: [] }
}
