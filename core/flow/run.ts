/**
 * The interpreter of flows: from a state and an input to the next state and what is to be done. It knows no clock and does
 * nothing by itself; whatever it is given, it comes to an end, and a flow that is broken leads to its fallback.
 */
import { isOpen } from '../calendar/hours.ts'
import { own } from '../own.ts'
import type { FlowNode } from '../protocol/flow.ts'
import { answered, answersAtOnce, ask, unanswered } from './asking.ts'
import { Course, LATE, type Place } from './course.ts'
import type { FlowEnd, FlowState, Input, Outcome, Program, World } from './program.ts'
import { holds, valueAt, valueNamed } from './values.ts'
import { wait, whileWaiting } from './waiting.ts'

/** As many nodes as a checked flow can pass without waiting for anything, and more. */
const MOST_NODES = 500
/** Flows within flows; those that were checked do not contain themselves. */
const MOST_FLOWS = 20

/** Begins a flow. `first`: what somebody has said already; it is heard where it answers the first question. */
export function begin(program: Program, world: World, first?: string): Outcome {
  const start = own(program.flows, program.flow)?.start ?? ''
  const course = new Course(program, blank([{ flow: program.flow, node: start }]), world)
  goOn(course)
  const { place } = course
  if (first !== undefined && place !== undefined && answersAtOnce(place, first))
    take(course, { type: 'said', text: first })
  return course.outcome
}

const blank = (stack: FlowState['stack']): FlowState => ({
  stack,
  noted: {},
  language: null,
  asked: 0,
  phase: { is: 'asking' },
  wakeAt: null,
})

/** What follows from an input. One that does not concern what the flow waits for changes nothing. */
export function step(program: Program, state: FlowState, input: Input, world: World): Outcome {
  const course = new Course(program, state, world)
  take(course, input)
  return course.outcome
}

function take(course: Course, input: Input): void {
  const { phase, wakeAt } = course.state
  if (phase.is === 'over') return
  if (input.type === 'gone') return course.end('gone')
  const isTime = input.type === 'time'
  if (isTime && (wakeAt === null || course.world.now < wakeAt)) return
  if (phase.is === 'refuge') return leaveRefuge(course, phase.how, input)
  const { place } = course
  if (place === undefined) return course.break('its node is not there any more')
  if (phase.is === 'waiting') return whileWaiting(course, place, phase, input)
  if (phase.is === 'asking') {
    const goesOn = isTime ? unanswered(course, place) : answered(course, place, input)
    return goesOn ? goOn(course) : undefined
  }
  if (comes(course, place.node, input)) goOn(course)
}

/** The number of the fallback has answered; or has not, and somebody is sought. */
function leaveRefuge(course: Course, how: FlowEnd, input: Input): void {
  if (input.type === 'dialled' && input.answered) return course.end('connected')
  if (input.type !== 'dialled' && input.type !== 'time') return
  course.do({ do: 'queue', plan: null })
  course.end(how)
}

/** What came of a look-up, a recording or a call; false: something else. */
function comes(course: Course, node: FlowNode, input: Input): boolean {
  const isTime = input.type === 'time'
  switch (node.do) {
    case 'lookup':
      if (input.type === 'looked-up') {
        const found = Object.entries(node.keep).map(([name, path]) => [name, valueAt(input.answer, path) ?? null])
        course.note(Object.fromEntries(found))
        course.goTo(node.next)
        return true
      }
      if (isTime || input.type === 'not-looked-up') course.goTo(node.otherwise)
      return isTime || input.type === 'not-looked-up'
    case 'voicemail':
      if (isTime || input.type === 'recorded') course.goTo(node.next)
      return isTime || input.type === 'recorded'
    case 'transfer':
      if (input.type === 'dialled' && input.answered) {
        course.end('connected')
        return false
      }
      if (isTime || input.type === 'dialled') course.goTo(node.otherwise)
      return isTime || input.type === 'dialled'
    default:
      return false
  }
}

/** From node to node, until something is waited for or it is over. */
function goOn(course: Course): void {
  for (let passed = 0; passed < MOST_NODES; passed += 1) {
    const { place } = course
    if (place === undefined) return course.break('a node leads to one that is not there')
    if (course.state.stack.length > MOST_FLOWS) return course.break('flows lead into flows without an end')
    if (!pass(course, place)) return
  }
  course.break('it goes round and waits for nothing')
}

/** Carries out a node; false when it waits there, or is over. */
function pass(course: Course, place: Place): boolean {
  const { flow, node } = place
  const { world } = course
  switch (node.do) {
    case 'say':
      course.say(flow, node.text)
      return moved(course, node.next)
    case 'play':
      course.play(flow, node.sound, 'play')
      return moved(course, node.next)
    case 'menu':
    case 'collect':
    case 'language':
      return ask(course, flow, node)
    case 'hours': {
      const hours = own(course.program.hours, node.hours)
      if (hours !== undefined) return moved(course, isOpen(hours, world.now) ? node.open : node.closed)
      course.break(`there are no opening hours ${node.hours}`)
      return false
    }
    case 'branch': {
      const context = course.context(flow)
      const found = node.cases.find(({ when }) => when.every((test) => holds(context, test)))
      return moved(course, found?.next ?? node.otherwise)
    }
    case 'set':
      course.note(node.values)
      return moved(course, node.next)
    case 'lookup':
      return lookUp(course, place, node)
    case 'queue':
      wait(course, flow, node)
      return false
    case 'voicemail':
      course.say(flow, node.prompt)
      course.do({ do: 'record', most: node.most })
      course.wait({ is: 'recording' }, node.most + LATE)
      return false
    case 'transfer':
      course.do({ do: 'dial', number: node.number, timeout: node.timeout })
      course.wait({ is: 'dialling' }, node.timeout + LATE)
      return false
    case 'hangup':
      course.say(flow, node.text)
      course.do({ do: 'hangup' })
      course.end('hung-up')
      return false
    case 'flow':
      course.enter(node.flow, node.next)
      return true
    case 'return':
      if (course.comeBack()) return true
      course.break('it returns, and no flow led here')
      return false
  }
}

function moved(course: Course, node: string): true {
  course.goTo(node)
  return true
}

function lookUp(course: Course, { flow }: Place, node: Extract<FlowNode, { do: 'lookup' }>): false {
  const context = course.context(flow)
  const known = Object.entries(node.send).flatMap(([name, source]) => {
    const value = valueNamed(context, source)
    return value === undefined ? [] : [[name, value] as const]
  })
  const { url, method, timeout } = node
  course.do({ do: 'lookup', url, method, send: Object.fromEntries(known), timeout })
  // Whoever asks may need a moment before and after.
  course.wait({ is: 'looking-up' }, timeout + LOOK_LATE)
  return false
}

const LOOK_LATE = 5_000
