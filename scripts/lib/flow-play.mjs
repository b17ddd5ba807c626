// A flow as somebody at the other end would meet it, line by line.
import { begin, step } from '../../core/flow/run.ts'

const always = { zone: 'Etc/UTC', exceptions: {} }
const allDay = [{ from: '00:00', to: '24:00' }]
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/**
 * Plays it to its end. `ask` gives the next line, or null when there is none any more; time passes only where it is waited for.
 * @param {{ program: import('../../core/flow/program.ts').Program, channel: 'chat' | 'voice', isOpen: boolean, values?: Record<string, string>, print: (line: string) => void, ask: (prompt: string) => Promise<string | null> }} how
 */
export async function playFlow({ program, channel, isOpen, values = {}, print, ask }) {
  const hours = { ...hoursOf(program, isOpen), ...program.hours }
  const whole = { ...program, hours }
  const world = { now: 0, channel, values }
  let { state, effects } = begin(whole, world)
  for (;;) {
    for (const effect of effects) printEffect(effect, world, print)
    if (state.phase.is === 'over') return print(`— over: ${endings[state.phase.how]}`)
    const input = await nextInput(state, effects, ask)
    if (input === null) {
      ;({ state, effects } = step(whole, state, { type: 'gone' }, world))
      continue
    }
    if (input.type === 'time') world.now = state.wakeAt ?? world.now
    ;({ state, effects } = step(whole, state, input, world))
  }
}

/** Opening hours that nobody has given are open, or closed, at any time. */
function hoursOf({ flows }, isOpen) {
  const named = Object.values(flows).flatMap(({ nodes }) =>
    Object.values(nodes).flatMap((node) => (node.do === 'hours' ? [node.hours] : [])),
  )
  const weekly = isOpen ? Object.fromEntries(days.map((day) => [day, allDay])) : {}
  return Object.fromEntries(named.map((name) => [name, { ...always, weekly }]))
}

function printEffect(effect, world, print) {
  switch (effect.do) {
    case 'say':
      return print(`  ${effect.text}`)
    case 'play':
    case 'music':
      return print(`  ♪ ${effect.url}`)
    case 'ask':
      print(`? ${effect.text}`)
      for (const { label } of effect.choices) print(`  [${label}]`)
      return undefined
    case 'set': {
      for (const [name, value] of Object.entries(effect.attributes)) print(`  conversation.${name} = ${value}`)
      const named = Object.entries(effect.attributes).map(([name, value]) => [`conversation.${name}`, value])
      world.values = Object.fromEntries(
        Object.entries({ ...world.values, ...Object.fromEntries(named) }).filter(([, v]) => v !== null),
      )
      return undefined
    }
    case 'queue':
      return print(`— waits, ${effect.plan === null ? "by the entrance's plan" : `by plan ${effect.plan}`}`)
    case 'lookup':
      return print(`— looks up ${effect.method} ${effect.url} ${JSON.stringify(effect.send)}`)
    case 'report':
      return print(`! ${effect.problem}`)
    case 'dial':
      return print(`— dials ${effect.number}`)
    case 'record':
      return print(`— records, ${effect.most / 1_000} s at the most`)
    default:
      return print(`— ${effect.do}`)
  }
}

async function nextInput({ phase }, effects, ask) {
  const prompts = {
    asking: '> ',
    'looking-up': 'answer in JSON, empty for none > ',
    recording: 'recorded (enter) > ',
    dialling: 'answers? y/n > ',
    refuge: 'answers? y/n > ',
    waiting: 'a digit, or enter for the time to pass > ',
  }
  const line = await ask(prompts[phase.is])
  if (line === null) return null
  const text = line.trim()
  if (phase.is === 'looking-up') return lookedUp(text)
  if (phase.is === 'recording') return { type: 'recorded' }
  if (phase.is === 'dialling' || phase.is === 'refuge') return { type: 'dialled', answered: /^y/i.test(text) }
  if (text === '') return { type: 'time' }
  const asked = effects.findLast((effect) => effect.do === 'ask')
  const isDigits = /^[0-9*#]+$/.test(text) && (phase.is === 'waiting' || asked?.digits != null)
  return isDigits ? { type: 'digits', digits: text } : { type: 'said', text }
}

function lookedUp(text) {
  try {
    return text === '' ? { type: 'not-looked-up' } : { type: 'looked-up', answer: JSON.parse(text) }
  } catch {
    return { type: 'not-looked-up' }
  }
}

const endings = {
  'passed-on': 'passed on to a queue',
  person: 'asked for a person',
  broken: 'it could not go on, and led to its fallback',
  'hung-up': 'hung up',
  connected: 'connected',
  callback: 'will be called back, and keeps the place',
  gone: 'the other end is gone',
}
