/** Pages of a large record and of its search index, signing in, the usual routes of the API, and the conveyor to it all. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { Desk } from '../desk.ts'
import type { Lags } from '../doors.ts'
import { closedLoop, openLoop } from '../messages.ts'
import type { Line } from '../report.ts'
import { startFilled } from '../runtime.ts'
import type { Plan } from '../sides.ts'
import { type Spread, spread } from '../stats.ts'
import { type Corpus, corpus, customersEach, orgs, seldom, size, teams } from './corpus.ts'
import { fill, type Who } from './fill.ts'
import { type Ask, Office, type Timed, timed } from './office.ts'
import { rare } from './words.ts'

const seed = 20_261_121
const month = 30 * 86_400_000
/** For every page of list and search, p95, in ms. */
const most = 100

export async function* recordFigures(plan: Plan): AsyncGenerator<Line> {
  const from = { seed, now: Date.now() }
  const made = corpus(from.seed, from.now)
  let filled: Line | undefined
  const server = await startFilled(join(plan.stateDir, 'record'), async (files) => {
    const { record, index } = await fill(files, made, from)
    const sizes = [files.DB, files.SEARCH].map((file) => `${Math.round(statSync(file).size / 2 ** 20)} MB`)
    const times = [record, index].map((ms) => `${(ms / 1_000).toFixed(0)} s`)
    const what = `a record of ${size.entries.toLocaleString('en')} entries beside its index, made in`
    filled = { what, parley: `${times.join(' and ')}; ${sizes.join(' and ')}` }
  })
  if (filled !== undefined) yield filled
  yield* measure(server.url, made, plan)
  await server.stop()
}

async function* measure(url: string, made: Corpus, plan: Plan): AsyncGenerator<Line> {
  await publish(url, orgs[0])
  const office = new Office(url)
  const before = loadOf()
  yield* pageLines(office, made)
  yield* apiLines(office)
  yield* await conveyorLines(url, plan)
  yield { what: "the machine's load before and after (1 minute)", parley: `${before}, ${loadOf()}` }
}

function loadOf(): string {
  try {
    return readFileSync('/proc/loadavg', 'utf8').split(' ')[0] ?? ''
  } catch {
    return 'unknown'
  }
}

async function publish(url: string, org: string): Promise<void> {
  const agent = (name: string, team: string) => ({ name, team, queues: [] })
  const config: ConfigInput = {
    organisation: org,
    teams: Object.fromEntries([...teams, seldom].map((id) => [id, { name: id }])),
    queues: { desk: { name: 'Desk' } },
    plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'desk' }] }] } },
    entrances: { chat: 'chat' },
    agents: { lead: agent('Lead', teams[0]), idler: agent('Idler', seldom), ann: agent('Ann', teams[0]) },
  }
  const answer = await fetch(`${url}/bench/publish`, { method: 'POST', body: JSON.stringify({ org, config }) })
  const published: { ok: boolean } = await answer.json()
  if (!published.ok) throw new Error(`the configuration was refused: ${JSON.stringify(published)}`)
}

async function* pageLines(office: Office, { from, known }: Corpus): AsyncGenerator<Line> {
  const roles: Who[] = ['admin', 'lead', 'idler', 'ann']
  for (const who of roles) await office.signIn(who)
  /** Another conversation each time, from all the months. */
  const some = (i: number) => known[(i * 37) % known.length] ?? ''
  const early = (i: number) => known[i % 10] ?? ''
  const list = '/api/v1/conversations?limit=50'
  const search = (q: string) => `/api/v1/search?q=${encodeURIComponent(q)}`
  /** The place of an entry in the index; a page that begins three days after the first. */
  const deep = (i: number) => String(BigInt(from + 3 * 86_400_000 + i * 60_000) << 20n)
  const pages: [string, Who, Ask][] = [
    ['list: first page', 'admin', () => list],
    ['list: a page far back', 'admin', (i) => `${list}&after=${some(i)}`],
    ['list: the open ones', 'admin', () => `${list}&open=true`],
    ['list: of a team with a fifth of all', 'lead', (i) => `${list}&after=${some(i)}`],
    ['list: of a team with six of 30,000', 'idler', () => list],
    ['list: its open ones', 'idler', () => `${list}&open=true`],
    ['list: with a tag, of a queue, by an agent', 'admin', () => `${list}&tag=tag7&queue=queue3&agent=agent5`],
    ['list: of a team and a tag', 'lead', () => `${list}&tag=tag7`],
    [
      'list: of a day two months ago',
      'admin',
      (i) => `${list}&from=${from + i * 3_600_000}&to=${from + i * 3_600_000 + 86_400_000}`,
    ],
    ['list: the last page of the first team', 'lead', (i) => `${list}&after=${early(i)}`],
    ['the entries of a conversation', 'admin', (i) => `/api/v1/conversations/${some(i)}/entries?limit=50`],
    [
      "a customer's conversations",
      'admin',
      (i) => `/api/v1/customers/c_larch_${(i * 97) % customersEach}/conversations`,
    ],
    [
      'the same, asked by an agent',
      'ann',
      (i) => `/api/v1/customers/c_larch_${(i * 97) % customersEach}/conversations`,
    ],
    ['audit: first page', 'admin', () => '/api/v1/audit'],
    ["audit: a supervisor's, of a team without acts", 'idler', () => '/api/v1/audit'],
    ['search: a frequent word', 'admin', () => search('order')],
    ['search: the same, far back', 'admin', (i) => `${search('order')}&cursor=${deep(i)}`],
    ['search: two frequent words', 'admin', () => search('order refund')],
    ['search: a rare word', 'admin', () => search(rare)],
    ['search: a frequent and a rare word', 'admin', () => search(`order ${rare}`)],
    ['search: two characters, 退款', 'admin', () => search('退款')],
    ['search: five characters, 退款什么时', 'admin', () => search('退款什么时')],
    ['search: one character, 款', 'admin', () => search('款')],
    ['search: one character and a word', 'admin', () => search('款 发票')],
    ['search: a frequent word, asked by a supervisor', 'idler', () => search('order')],
  ]
  for (const [what, who, path] of pages) yield told(what, await office.timed(who, path), most)
}

async function* apiLines(office: Office): AsyncGenerator<Line> {
  const routes: [string, Ask][] = [
    ['GET /api/v1/session', () => '/api/v1/session'],
    ['GET /api/v1/queues', () => '/api/v1/queues'],
    ['GET /api/v1/desk', () => '/api/v1/desk'],
    ['GET /api/v1/staff', () => '/api/v1/staff'],
    ['GET /api/v1/config', () => '/api/v1/config'],
    ['GET /api/v1/reports/queues, a day by the hour', () => '/api/v1/reports/queues?interval=hour'],
    [
      'GET /api/v1/reports/agents, a month by the day',
      () => `/api/v1/reports/agents?interval=day&from=${Date.now() - month}`,
    ],
  ]
  yield told('signing in', await timed(() => office.signIn('ann')))
  for (const [what, path] of routes) yield told(what, await office.timed('admin', path))
}

const calm = { rooms: 150, rate: 200 }
const flood = { rooms: 600, lanes: 50, inFlight: 8 }

async function conveyorLines(url: string, plan: Plan): Promise<Line[]> {
  const desk = await Desk.open(url, { queues: 2, agents: 40, capacity: 16 })
  const seconds = Math.min(plan.seconds, 6)
  const calmly = await desk.rooms(calm.rooms)
  await begin(url)
  await openLoop(calmly, { rate: calm.rate, seconds })
  const { projection, search } = await arrived(url, calm.rate * (seconds + 1))
  await desk.end(calmly)
  const rooms = await desk.rooms(flood.rooms)
  await begin(url)
  const since = Date.now()
  const { messages, perSecond } = await closedLoop(rooms, { ...flood, seconds })
  const flooded = await arrived(url, messages)
  await desk.end(rooms)
  desk.close()
  const rate = (messages * 1_000) / (flooded.lastAt - since)
  return [
    { what: `conveyor at ${calm.rate} messages/s: said to recorded, p50 / p95 / p99`, parley: row(spread(projection)) },
    { what: 'said to searchable', parley: row(spread(search)) },
    { what: `conveyor flooded with ${perSecond.toFixed(0)} messages/s: recorded in a second`, parley: rate.toFixed(0) },
    { what: 'said to recorded', parley: row(spread(flooded.projection)) },
    { what: 'said to searchable', parley: row(spread(flooded.search)) },
  ]
}

const begin = (url: string) => fetch(`${url}/bench/lags`, { method: 'POST' })

/** Until so many messages are in the index, which is behind the record. */
async function arrived(url: string, count: number): Promise<Lags> {
  const end = Date.now() + 60_000
  for (;;) {
    const lags: Lags = await (await fetch(`${url}/bench/lags`)).json()
    if (lags.projection.length >= count && lags.search.length >= count) return lags
    if (Date.now() > end)
      throw new Error(`of ${count} messages ${lags.projection.length} were recorded, ${lags.search.length} indexed`)
    await sleep(500)
  }
}

/** With a goal, both ways of asking must keep it. */
function told(what: string, { alone, together }: Timed, most?: number): Line {
  const line = { what: `${what}: p50 / p95 / p99`, parley: `${row(alone)}; 4 at once ${row(together)}` }
  if (most === undefined) return line
  return { ...line, goal: { text: `p95 ≤ ${most} ms`, met: alone.p95 <= most && together.p95 <= most } }
}

const row = ({ p50, p95, p99 }: Spread) => `${p50.toFixed(1)} / ${p95.toFixed(1)} / ${p99.toFixed(1)} ms`
