/** Questions: how they are put, what an answer leads to, and what no answer does. */
import type { Flow, FlowNode } from '../protocol/flow.ts'
import { chosenBy, collected, idOf } from './answers.ts'
import { abilities } from './channels.ts'
import type { Course, Place } from './course.ts'
import type { Effect, Input } from './program.ts'
import { everyLanguage, languageIn, textIn } from './values.ts'
import { asksForPerson } from './words.ts'

type Asking = Extract<FlowNode, { do: 'menu' | 'collect' | 'language' }>

/** Puts a question and waits; false, for that is what the flow does now. */
export function ask(course: Course, flow: Flow, node: Asking): false {
  const context = course.context(flow)
  course.asked()
  course.do({
    do: 'ask',
    text: textIn(context, node.prompt),
    language: languageIn(context),
    choices:
      node.do === 'collect' ? [] : node.options.map((one) => ({ id: idOf(one), label: textIn(context, one.label) })),
    digits: digitsOf(node),
    hints: node.do === 'collect' ? [] : node.options.flatMap(({ label, words }) => [...everyLanguage(label), ...words]),
  })
  course.wait({ is: 'asking' }, node.timeout ?? abilities[course.world.channel].patience)
  return false
}

function digitsOf(node: Asking): Extract<Effect, { do: 'ask' }>['digits'] {
  if (node.do !== 'collect') return node.options.some(({ digit }) => digit !== undefined) ? { least: 1, most: 1 } : null
  const { expected } = node
  if (expected.is === 'digits') return { least: expected.least, most: expected.most }
  return expected.is === 'number' ? { least: 1, most: 15 } : null
}

/** Whether what was said before the question is an answer to it all the same: a choice, or a wish for a person. */
export function answersAtOnce({ flow, node }: Place, text: string): boolean {
  const isChoice = node.do === 'menu' && chosenBy(node.options, { type: 'said', text }) !== null
  return isChoice || asksForPerson(text, flow.personWords)
}

/** Something has come. True: the flow goes on. */
export function answered(course: Course, { flow, node }: Place, input: Input): boolean {
  if (input.type !== 'digits' && input.type !== 'said' && input.type !== 'chosen') return false
  switch (node.do) {
    case 'menu': {
      const option = chosenBy(node.options, input)
      if (option !== null) return goTo(course, option.next)
      break
    }
    case 'language': {
      const option = chosenBy(node.options, input)
      if (option === null) break
      course.speak(option.language)
      return goTo(course, node.next)
    }
    case 'collect': {
      if (wantsPerson(flow, node, input)) break
      const value = collected(node.expected, input)
      if (value === null) break
      course.note({ [node.into]: value })
      return goTo(course, node.next)
    }
    default:
      return false
  }
  if (wantsPerson(flow, node, input)) {
    course.takeRefuge('person')
    return false
  }
  return again(course, flow, node, node.wrong)
}

/** In words, or by a 0 that is none of the options. */
function wantsPerson(flow: Flow, node: Asking, input: Input): boolean {
  if (input.type === 'said') return asksForPerson(input.text, flow.personWords)
  return input.type === 'digits' && input.digits === '0' && node.do !== 'collect'
}

/** Nothing has come in time. */
export function unanswered(course: Course, { flow, node }: Place): boolean {
  if (node.do === 'menu' || node.do === 'collect' || node.do === 'language')
    return again(course, flow, node, node.silent)
  course.break('it waits for an answer where nothing was asked')
  return false
}

function again(course: Course, flow: Flow, node: Asking, word: Asking['wrong']): boolean {
  if (course.state.asked >= node.tries) return goTo(course, node.otherwise)
  course.say(flow, word)
  return ask(course, flow, node)
}

function goTo(course: Course, node: string): true {
  course.goTo(node)
  return true
}
