/** The wait in a queue, where the channel has the flow pass it: music, place and wait, the offer to be called back. */
import type { Flow, FlowNode, Waiting } from '../protocol/flow.ts'
import { abilities } from './channels.ts'
import type { Course, Place } from './course.ts'
import type { Input, Phase } from './program.ts'
import { valueNamed } from './values.ts'

type Queue = Extract<FlowNode, { do: 'queue' }>
type Passing = Extract<Phase, { is: 'waiting' }>

/** Passes somebody on to a queue. */
export function wait(course: Course, flow: Flow, node: Queue): void {
  course.say(flow, node.text)
  course.do({ do: 'queue', plan: node.plan ?? null })
  const { waiting } = node
  if (waiting === undefined || abilities[course.world.channel].waiting !== null) return course.end('passed-on')
  if (waiting.music !== undefined) course.play(flow, waiting.music, 'music')
  pass(course, waiting, { is: 'waiting', since: course.world.now, announced: 0, offered: false })
}

/** Goes on waiting, until there is something to say. */
function pass(course: Course, waiting: Waiting, phase: Passing): void {
  const at = nextAt(waiting, phase)
  course.wait(phase, at === null ? null : Math.max(0, at - course.world.now))
}

/** When there is something to say next, in ms; null: never again. */
function nextAt({ announce, callback }: Waiting, { since, announced, offered }: Passing): number | null {
  const at = [
    announce === undefined ? null : since + announce.every * (announced + 1),
    callback === undefined || offered ? null : since + callback.after,
  ].filter((each) => each !== null)
  return at.length === 0 ? null : Math.min(...at)
}

/** While somebody waits: the time for a word has come, or a digit. */
export function whileWaiting(course: Course, { flow, node }: Place, phase: Passing, input: Input): void {
  if (node.do !== 'queue' || node.waiting === undefined) return course.end('passed-on')
  const { waiting } = node
  const { callback } = waiting
  const isTaken = input.type === 'digits' && phase.offered && callback?.digit === input.digits
  if (isTaken) {
    course.say(flow, callback?.said)
    course.do({ do: 'callback' })
    return course.end('callback')
  }
  // Whoever waits for a person has asked for one already.
  if (input.type !== 'time') return
  pass(course, waiting, sayDue(course, flow, waiting, phase))
}

function sayDue(course: Course, flow: Flow, { announce, callback, music }: Waiting, phase: Passing): Passing {
  const { now } = course.world
  let { announced, offered } = phase
  if (announce !== undefined && now >= phase.since + announce.every * (announced + 1)) {
    const isKnown = valueNamed(course.context(flow), 'queue.place') !== undefined
    if (isKnown) course.say(flow, announce.text)
    // What was missed is not made up for.
    announced = Math.floor((now - phase.since) / announce.every)
  }
  if (callback !== undefined && !offered && now >= phase.since + callback.after) {
    course.say(flow, callback.prompt)
    offered = true
  }
  if (music !== undefined) course.play(flow, music, 'music')
  return { ...phase, announced, offered }
}
