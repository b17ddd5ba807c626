// `npm run simulate -- --day traffic.csv`: what a change of plans or agents would do to a recorded day (docs/routing.md).
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { checkConfig } from '../../core/book/check.ts'
import { compare } from '../../core/whatif/compare.ts'
import { dayOf, readContacts, readShifts } from '../../core/whatif/file.ts'
import { apiOptions, signedIn } from './api.mjs'
import { PlainError, readArgs } from './args.mjs'
import { readConfigFile } from './config-file.mjs'
import { table } from './table.mjs'
import { givenPath } from './wrangler.mjs'

const options = {
  day: { type: 'string' },
  agents: { type: 'string' },
  config: { type: 'string' },
  plan: { type: 'string' },
  crew: { type: 'string', multiple: true },
  seeds: { type: 'string' },
  within: { type: 'string' },
  short: { type: 'string' },
  url: apiOptions.url,
  email: apiOptions.email,
  state: apiOptions.state,
}

export async function whatIf(args) {
  const { values } = readArgs(args, options)
  const contacts = read(values.day, readContacts)
  if (contacts.length === 0) throw new PlainError(`${basename(values.day)}: there is no contact in it.`)
  const config = await configOf(values)
  const shifts = values.agents === undefined ? null : read(values.agents, readShifts)
  const traffic = dayOf(contacts, shifts, Object.keys(config.agents))
  const change = {
    config: values.plan === undefined ? config : changedConfig(values.plan, config),
    agents: Object.fromEntries((values.crew ?? []).map((text) => crewOf(text, config))),
  }
  const targets = { within: numberOf(values, 'within', 20) * 1_000, short: numberOf(values, 'short', 5) * 1_000 }
  const seeds = numberOf(values, 'seeds', 20)
  if (shifts === null)
    console.log(`No --agents: all ${traffic.shifts.length} agents of the configuration are there all the time.`)
  show(compare({ traffic, config, change, targets }, seeds), targets)
}

/** How the day is routed today: a file, or what the running installation has published. */
async function configOf(values) {
  if (values.config !== undefined) return readConfigFile(givenPath(values.config)).config
  if (values.email !== undefined) return signedIn(values, async (ask) => (await ask('GET', '/api/v1/config')).config)
  if (values.plan !== undefined && isWhole(parsed(values.plan))) return readConfigFile(givenPath(values.plan)).config
  throw new PlainError(
    'Say how it is routed today: --config file.yaml (from npm run admin -- config export), or --email of a manager to ask the running installation.',
  )
}

/** A whole configuration as `config export` writes it, or plans by their keys, which take the place of today's. */
function changedConfig(path, config) {
  const given = parsed(path)
  if (isWhole(given)) return readConfigFile(givenPath(path)).config
  const checked = checkConfig({ ...config, plans: { ...config.plans, ...given } })
  if (checked.ok) return checked.value
  const { field, message } = checked.error
  throw new PlainError(`${basename(path)}: ${field === undefined ? '' : `${field}: `}${message}`)
}

const isWhole = (given) => Object.hasOwn(given, 'config')

function parsed(path) {
  const name = basename(path)
  try {
    const given = parse(textOf(path))
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given
  } catch (error) {
    if (error.plain) throw error
    throw new PlainError(`${name}: ${error.message.split('\n')[0]}`)
  }
  throw new PlainError(`${name}: there are neither plans nor a configuration in it.`)
}

function textOf(path) {
  if (!existsSync(givenPath(path))) throw new PlainError(`There is no file ${path}.`)
  return readFileSync(givenPath(path), 'utf8')
}

function read(path, reader) {
  const found = reader(textOf(path))
  if (!found.ok) throw new PlainError(`${basename(path)}: ${found.error.message}`)
  return found.value
}

/** As sales=-2. */
function crewOf(text, { queues }) {
  const [, queue, more] = /^([^=]+)=([+-]?\d{1,3})$/.exec(text) ?? []
  if (queue === undefined)
    throw new PlainError(`--crew ${text}: expected a queue and how many agents more or fewer, as sales=-2.`)
  if (!Object.hasOwn(queues, queue)) throw new PlainError(`--crew ${text}: there is no queue ${queue}.`)
  return [queue, Number(more)]
}

function numberOf(values, name, otherwise) {
  const number = Number(values[name] ?? otherwise)
  if (!Number.isInteger(number) || number < 0 || number > 3_600)
    throw new PlainError(`--${name} must be a whole number.`)
  return number
}

const names = {
  serviceLevel: 'service level',
  asa: 'ASA',
  abandonRate: 'abandon rate',
  longestWait: 'longest wait',
  occupancy: 'occupancy',
  offered: 'offered',
  answered: 'answered',
  abandoned: 'abandoned',
  flowedOut: 'flowed out',
}
const shares = ['serviceLevel', 'abandonRate', 'occupancy']
const times = ['asa', 'longestWait']

/** @param {import('../../core/whatif/compare.ts').Answer} answer @param {{ within: number }} targets */
function show({ seeds, whole, quarters, doubts }, { within }) {
  console.log(
    `\nThe day, of ${seeds} seeds each; ± is the 95 % confidence interval; service level within ${within / 1_000} s`,
  )
  console.log(
    table(
      Object.entries(names).map(([measure, name]) => {
        const { recorded, today, change, difference } = whole.figures[measure]
        return {
          figure: name,
          recorded: written(measure, recorded),
          'simulated as it is': estimated(measure, today),
          changed: estimated(measure, change),
          difference: estimated(measure, difference),
        }
      }),
    ),
  )
  console.log('\nBy the quarter of an hour (UTC): as it is → changed')
  const pair = (measure, { figures }) =>
    `${written(measure, figures[measure].today?.mean)} → ${written(measure, figures[measure].change?.mean)}`
  const busy = quarters.filter(
    ({ figures }) => (figures.offered.today?.mean ?? 0) + (figures.offered.change?.mean ?? 0) > 0,
  )
  console.log(
    table(
      busy.map((line) => ({
        from: new Date(line.from).toISOString().slice(0, 16).replace('T', ' '),
        ...Object.fromEntries(Object.entries(names).map(([measure, name]) => [name, pair(measure, line)])),
      })),
    ),
  )
  for (const doubt of doubts) console.log(`Note: ${doubtText(doubt)}.`)
}

function written(measure, value) {
  if (value === null || value === undefined) return '–'
  if (shares.includes(measure)) return `${(value * 100).toFixed(1)} %`
  if (times.includes(measure)) return `${(value / 1_000).toFixed(1)} s`
  return value.toFixed(1).replace(/\.0$/, '')
}

function estimated(measure, estimate) {
  if (estimate === null) return '–'
  return `${written(measure, estimate.mean)}${estimate.half === null ? '' : ` ± ${written(measure, estimate.half)}`}`
}

/** @param {import('../../core/whatif/compare.ts').Doubt} doubt */
function doubtText(doubt) {
  switch (doubt.is) {
    case 'no-contacts':
      return 'no contact came'
    case 'no-shifts':
      return 'no agent was there'
    case 'few-talks':
      return `only ${doubt.count} talks were measured: how long others take is a guess`
    case 'few-abandoned':
      return `only ${doubt.count} customers left: how patient others are is a guess`
    case 'unfinished':
      return `${written('offered', doubt.count)} contacts still wait when the changed day ends, and count in no figure`
    case 'lost':
      return `${written('offered', doubt.count)} contacts name a plan or queue that the changed routing does not have`
    case 'unlike':
      return `the recorded ${names[doubt.measure]} lies outside of what simulated days show: the model misses something of this day`
    case 'unknown-agents':
      return `${doubt.count} agents of the day are not configured, and are left out`
  }
}
