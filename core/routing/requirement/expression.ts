/** What a contact asks of an agent, as an expression over levels and texts: `lang = zh and (billing >= 3 or refund)`. */

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

export type Expression =
  /** All of these hold; of none: anybody will do. */
  | { readonly is: 'all'; readonly of: readonly Expression[] }
  /** At least one of these holds; of none: nobody will do. */
  | { readonly is: 'one'; readonly of: readonly Expression[] }
  | { readonly is: 'not'; readonly of: Expression }
  /** A skill's level; `skill` null: the agent's level in the queue. A skill that the agent lacks is at level 0. */
  | { readonly is: 'level'; readonly skill: string | null; readonly op: Comparison; readonly level: number }
  /** `=`: the value is among those that the agent has there. */
  | { readonly is: 'text'; readonly attribute: string; readonly op: '=' | '!='; readonly value: string }

/** What an agent has to show. */
export interface Able {
  /** In the queue where it is asked. */
  readonly level: number
  readonly skills: Readonly<Record<string, number>>
  /** Texts, each with all the values that hold: `{ lang: ['zh', 'en'] }`. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>
}

export const HIGHEST_LEVEL = 10

/** Words that mean something in the text of an expression; a skill of that name is written in quotes. */
export const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'level', 'anybody', 'nobody'])

/** Whether an agent meets it. */
export function holds(expression: Expression, able: Able): boolean {
  switch (expression.is) {
    case 'all':
      return expression.of.every((each) => holds(each, able))
    case 'one':
      return expression.of.some((each) => holds(each, able))
    case 'not':
      return !holds(expression.of, able)
    case 'level':
      return compare(levelOf(able, expression.skill), expression.op, expression.level)
    case 'text':
      return valuesOf(able, expression.attribute).includes(expression.value) === (expression.op === '=')
  }
}

function levelOf({ level, skills }: Able, skill: string | null): number {
  if (skill === null) return level
  return (Object.hasOwn(skills, skill) ? skills[skill] : undefined) ?? 0
}

function valuesOf({ attributes = {} }: Able, attribute: string): readonly string[] {
  return (Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined) ?? []
}

function compare(a: number, op: Comparison, b: number): boolean {
  switch (op) {
    case '=':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}
