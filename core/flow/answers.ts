/** What an answer means to the question that was asked; null where it is none. */
import { isDate } from '../attribute.ts'
import type { AttributeValue } from '../protocol/conversation.ts'
import type { Expected, FlowNode } from '../protocol/flow.ts'
import { unfit } from '../widget/pre-chat.ts'
import type { Input } from './program.ts'
import { everyLanguage } from './values.ts'
import { hasWords, sameWords } from './words.ts'

export type Answered = Extract<Input, { type: 'digits' | 'said' | 'chosen' }>
export type Choosing = Extract<FlowNode, { do: 'menu' | 'language' }>
type Option = Choosing['options'][number]

/** An option's own name: what a button is known by. */
export const idOf = (option: Option): string => ('id' in option ? option.id : option.language.toLowerCase())

/** Which of the options is meant. */
export function chosenBy<O extends Option>(options: readonly O[], answer: Answered): O | null {
  switch (answer.type) {
    case 'chosen':
      return options.find((option) => idOf(option) === answer.id) ?? null
    case 'digits':
      return options.find(({ digit }) => digit === answer.digits) ?? null
    case 'said':
      return meant(options, answer.text)
  }
}

/** Its label, its words or its digit alone; else the only one whose label or words occur in the text. */
function meant<O extends Option>(options: readonly O[], text: string): O | null {
  const names = ({ label, words }: Option) => [...everyLanguage(label), ...words]
  const exact = options.find(
    (option) => option.digit === text.trim() || names(option).some((name) => sameWords(text, name)),
  )
  if (exact !== undefined) return exact
  const found = options.filter((option) => names(option).some((name) => hasWords(text, name)))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** The value that was asked for. */
export function collected(expected: Expected, answer: Answered): AttributeValue | null {
  const text = answer.type === 'digits' ? answer.digits : answer.type === 'said' ? answer.text.trim() : ''
  switch (expected.is) {
    case 'digits': {
      const digits = text.replaceAll(/[\s./-]/g, '')
      const isRight = /^\d+$/.test(digits) && digits.length >= expected.least && digits.length <= expected.most
      return isRight && (!expected.luhn || isLuhn(digits)) ? digits : null
    }
    case 'text':
      return text === '' || text.length > expected.most ? null : text
    case 'number': {
      const value = /^[-+]?\d{1,15}([.,]\d{1,15})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
      return value >= (expected.least ?? -Infinity) && value <= (expected.most ?? Infinity) ? value : null
    }
    case 'date':
      return isDate(text) ? text : null
    case 'email':
    case 'phone': {
      const asked = { field: expected.is, kind: expected.is, required: true, label: {} }
      return text !== '' && unfit(asked, text) === null ? text : null
    }
  }
}

/** The check digit of ISO/IEC 7812-1, annex B. */
function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, each, n) => {
    const value = Number(each) * (n % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
