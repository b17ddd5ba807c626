// Flows in YAML files: checked with the line of every fault, and played in the terminal.
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { readFlow } from '../../core/flow/file.ts'
import { PlainError, readArgs } from './args.mjs'
import { readConfigFile } from './config-file.mjs'
import { playFlow } from './flow-play.mjs'

const options = {
  config: { type: 'string' },
  channel: { type: 'string', default: 'voice' },
  closed: { type: 'boolean', default: false },
  set: { type: 'string', multiple: true, default: [] },
}

/** `flow check a.yaml b.yaml`: each is a flow by the name of its file, and they may lead to each other. */
export async function checkFiles(args) {
  const { found, values } = read(args)
  let wrong = 0
  for (const { file, id, faults } of found) {
    for (const { line, column, field, what, weight } of faults)
      console.log(`${file}:${line}:${column}: ${weight === 'warned' ? 'warning: ' : ''}${field && `${field}: `}${what}`)
    wrong += faults.filter(({ weight }) => weight === 'refused').length
    if (faults.length === 0) console.log(`${file}: ${id} is in order for ${values.channel}.`)
  }
  return wrong === 0 ? 0 : 1
}

/**
 * `flow run a.yaml b.yaml`: plays the first; a line is what somebody says or presses, an empty one is silence. `--set
 * customer.name=Mia` is what is known, `--closed` the hours.
 */
export async function runFile(args) {
  const { found, around, values } = read(args)
  const [first] = found
  const wrong = found.flatMap(({ file, faults }) =>
    faults.filter(({ weight }) => weight === 'refused').map(({ line, what }) => `${file}:${line}: ${what}`),
  )
  if (first === undefined || wrong.length > 0) throw new PlainError(wrong.join('\n'))
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY })
  const answers = lines[Symbol.asyncIterator]()
  const ask = async (prompt) => {
    process.stdout.write(prompt)
    const { value, done } = await answers.next()
    return done ? null : value
  }
  await playFlow({
    program: { flow: first.id, flows: around.flows, hours: around.hours ?? {} },
    channel: values.channel,
    isOpen: !values.closed,
    values: Object.fromEntries(values.set.map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
    print: (line) => console.log(line),
    ask,
  })
  lines.close()
  return 0
}

function read(args) {
  const { values, positionals } = readArgs(args, options, { positionals: true })
  if (positionals.length === 0) throw new PlainError('Which flow? Wanted: <file.yaml> …')
  if (values.channel !== 'chat' && values.channel !== 'voice')
    throw new PlainError(`--channel is chat or voice, not "${values.channel}".`)
  const config = values.config === undefined ? undefined : readConfigFile(values.config).config
  const { plans = null, hours = null, attributes = null } = config ?? {}
  const around = { flows: { ...config?.flows }, plans, hours, attributes, entrances: {} }
  const texts = positionals.map((file) => {
    if (!existsSync(file)) throw new PlainError(`There is no file ${file}.`)
    return { file, id: basename(file).replace(/\.ya?ml$/, ''), text: readFileSync(file, 'utf8') }
  })
  // They may lead to each other: all are read before any is checked.
  for (const { id, text } of texts) {
    const { flow } = readFlow(text, id, around)
    if (flow !== null) around.flows[id] = flow
  }
  // The first is where somebody comes in.
  const found = texts.map(({ file, id, text }, n) => {
    return { file, id, ...readFlow(text, id, around, n === 0 ? values.channel : undefined) }
  })
  return { found, around, values }
}
