/** Which figures there are, how each is taken, and what it should be. */
import { join } from 'node:path'
import { Client, eachOf } from './client.ts'
import { Desk, opening } from './desk.ts'
import { type Idle, memory, type Wake, wake } from './idle.ts'
import { type ClosedLoop, closedLoop, type OpenLoop, openLoop, perRoom } from './messages.ts'
import { type Line, show } from './report.ts'
import { commits, type Offers, offers } from './routing.ts'
import { rows } from './rows.ts'
import { type Server, startFloor, startParley, usage } from './runtime.ts'
import { type Plan, type Side, withBoth, withParley, withRooms, withServer } from './sides.ts'
import { figure } from './stats.ts'

/** The same figure of both sides, round by round: what has one index was taken one after the other. */
type Pairs<T> = Record<Side['name'], T[]>

interface Closed extends ClosedLoop {
  /** Processor time of the server per message, in µs; NaN where it cannot be read. */
  readonly cpu: number
}

const goals = { throughput: 0.7, latency: 1.5, offerP50: 25, offerP99: 100, commits: 12, rows: 5 }
const load = { rate: 500, lanes: 50, inFlight: 8 }
/** So many that no customer has to slow down at that rate. */
const openRooms = 150

export async function messageFigures(plan: Plan): Promise<Line[]> {
  const opens: Pairs<OpenLoop> = { parley: [], floor: [] }
  const closeds: Pairs<Closed> = { parley: [], floor: [] }
  await withBoth(plan, async (sides) => {
    for (let round = 0; round < plan.rounds; round += 1) {
      const order = round % 2 === 0 ? sides : [...sides].reverse()
      for (const side of order) {
        const open = await withRooms(side, openRooms, (rooms) => openLoop(rooms, { ...load, seconds: plan.seconds }))
        opens[side.name].push(open)
        console.log(`  ${side.name}: p50 ${open.delivery.p50.toFixed(1)} ms, p99 ${open.delivery.p99.toFixed(1)} ms`)
      }
      for (const side of order) {
        const closed = await flatOut(side, plan.seconds)
        closeds[side.name].push(closed)
        console.log(`  ${side.name}: ${closed.perSecond.toFixed(0)} messages/s, ${closed.cpu.toFixed(0)} µs each`)
      }
    }
  })
  const latency = (what: string, of: (open: OpenLoop) => number) => compare(what, opens, of, 'ms')
  const first = latency('at 500 messages/s: sender to receiver, p50', ({ delivery }) => delivery.p50)
  const rate = compare('messages/s, 50 conversations × 8 in flight', closeds, ({ perSecond }) => perSecond, '', 0)
  return [
    { ...first, goal: { text: `≤ ${goals.latency} × the floor`, met: Number(first.ratio) <= goals.latency } },
    latency('sender to receiver, p95', ({ delivery }) => delivery.p95),
    latency('sender to receiver, p99', ({ delivery }) => delivery.p99),
    latency('sender to its answer, p50', ({ answer }) => answer.p50),
    latency('sender to its answer, p95', ({ answer }) => answer.p95),
    latency('sender to its answer, p99', ({ answer }) => answer.p99),
    { ...rate, goal: { text: `≥ ${goals.throughput} × the floor`, met: Number(rate.ratio) >= goals.throughput } },
    compare('sender to receiver at that load, p50', closeds, ({ delivery }) => delivery.p50, 'ms', 0),
    compare("the server's processor time per message at that load", closeds, ({ cpu }) => cpu, 'µs', 0),
  ]
}

async function flatOut(side: Side, seconds: number): Promise<Closed> {
  // Enough for 3,000 messages a second.
  const count = load.lanes * Math.max(2, Math.ceil((3_000 * (seconds + 1)) / load.lanes / perRoom))
  return withRooms(side, count, async (rooms) => {
    const before = cpuOf(side.server)
    const closed = await closedLoop(rooms, { ...load, seconds })
    return { ...closed, cpu: ((cpuOf(side.server) - before) * 1_000) / closed.messages }
  })
}

const cpuOf = ({ pid }: Server) => (pid === undefined ? Number.NaN : usage(pid).cpu)

/** The ratio is the median of the rounds' own ratios: what disturbs a round disturbs both of its sides. */
function compare<R>(what: string, pairs: Pairs<R>, of: (result: R) => number, unit: string, digits = 1): Line {
  const parley = pairs.parley.map(of)
  const floor = pairs.floor.map(of)
  const ratio = figure(parley.map((value, i) => value / (floor[i] ?? Number.NaN))).median.toFixed(2)
  return { what, parley: show(figure(parley), unit, digits), floor: show(figure(floor), unit, digits), ratio }
}

export async function rowFigures(plan: Plan): Promise<Line[]> {
  return withParley(plan, { queues: 1, agents: 1, capacity: 50 }, async (desk) => {
    const rooms = await desk.rooms(10)
    const { lone, read, busy, byTable } = await rows(desk, rooms)
    await desk.end(rooms)
    const met = lone <= goals.rows
    return [
      {
        what: 'rows written by a lone message, indexes and alarms included',
        parley: `${lone.toFixed(1)}: ${listed(byTable)}`,
        goal: { text: `≤ ${goals.rows}`, met },
      },
      { what: 'rows more when the other side has read it', parley: read.toFixed(1) },
      { what: 'rows written per message, ten a second', parley: busy.toFixed(1) },
    ]
  })
}

export async function routingFigures(plan: Plan): Promise<Line[]> {
  const many = { queues: 10, agents: 20, capacity: 50 }
  const rounds = await withParley(plan, many, async (desk) => {
    const results = []
    for (let round = 0; round < plan.rounds; round += 1)
      results.push(await offers(desk, { rate: 50, seconds: plan.seconds }))
    return results
  })
  const mirrored = await mirroredFigures(plan)
  const single = await withParley(plan, { queues: 1, agents: 4, capacity: 50 }, (desk) => commits(desk, 20))
  const double = await withParley(plan, many, (desk) => commits(desk, 20))
  const p50 = figure(rounds.map(({ offer }) => offer.p50))
  const p99 = figure(rounds.map(({ offer }) => offer.p99))
  const what = 'at 50 contacts/s: first word to the ringing console'
  return [
    {
      what: `${what}, p50`,
      parley: show(p50, 'ms'),
      goal: { text: `≤ ${goals.offerP50} ms`, met: p50.median <= goals.offerP50 },
    },
    {
      what: `${what}, p99`,
      parley: show(p99, 'ms'),
      goal: { text: `≤ ${goals.offerP99} ms`, met: p99.median <= goals.offerP99 },
    },
    {
      what: 'messages committed per assignment, agents in one queue',
      parley: `${single.total.toFixed(1)}: ${listed(single.byType)}`,
      goal: { text: `≤ ${goals.commits}`, met: single.total <= goals.commits },
    },
    { what: 'the same, agents in two queues of ten', parley: `${double.total.toFixed(1)}: ${listed(double.byType)}` },
    ...mirrored,
  ]
}

/** Each contact waits in three queues of ten at once, each agent serves five of them. */
async function mirroredFigures(plan: Plan): Promise<Line[]> {
  const shape = { queues: 10, agents: 20, capacity: 50, mirrors: 3, serves: 5 }
  return withParley(plan, shape, async (desk) => {
    const rounds: Offers[] = []
    for (let round = 0; round < plan.rounds; round += 1)
      rounds.push(await offers(desk, { rate: 20, seconds: plan.seconds }))
    const { commits: found } = await offers(desk, { rate: 20, seconds: plan.seconds, counts: true })
    const p50 = figure(rounds.map(({ offer }) => offer.p50))
    const p99 = figure(rounds.map(({ offer }) => offer.p99))
    const what = 'at 20 contacts/s in three queues each, agents in five'
    return [
      {
        what: `${what}: first word to the ringing console, p50`,
        parley: show(p50, 'ms'),
        goal: { text: `≤ ${goals.offerP50} ms`, met: p50.median <= goals.offerP50 },
      },
      {
        what: `${what}, p99`,
        parley: show(p99, 'ms'),
        goal: { text: `≤ ${goals.offerP99} ms`, met: p99.median <= goals.offerP99 },
      },
      {
        what: `${what}: messages committed per assignment`,
        parley: found === undefined ? '–' : `${found.total.toFixed(1)}: ${listed(found.byType)}`,
      },
      { what: `${what}: claims lost per assignment`, parley: (found?.byType['refuse'] ?? 0).toFixed(2) },
    ]
  })
}

export async function wakeFigures(plan: Plan): Promise<Line[]> {
  const results: Record<Side['name'], Wake | undefined> = { parley: undefined, floor: undefined }
  await withBoth(plan, async (sides) => {
    for (const side of sides) results[side.name] = await withRooms(side, 50, wake)
  })
  const { parley, floor } = results
  if (parley === undefined || floor === undefined) return []
  const lines: [string, (w: Wake) => number][] = [
    ['first message to a sleeping conversation, to its answer, p50', ({ first }) => first.p50],
    ['the same, p99', ({ first }) => first.p99],
    ['the message after it, p50', ({ second }) => second.p50],
  ]
  return lines.map(([what, of]) => compare(what, { parley: [parley], floor: [floor] }, of, 'ms'))
}

export async function idleFigures(plan: Plan): Promise<Line[]> {
  const pairs = 1_000
  const parley = await withServer(join(plan.stateDir, 'idle-parley'), startParley, async (server) => {
    const desk = await Desk.open(server.url, { queues: 1, agents: 0, capacity: 1 })
    const open = async (count: number) =>
      twoEach(await desk.contacts(count), (contact) => [desk.customer(contact), desk.supervisor(contact)])
    await hangUp(open(20))
    return memory(server, () => open(pairs))
  })
  const floor = await withServer(join(plan.stateDir, 'idle-floor'), startFloor, async (server) => {
    const open = (from: number, count: number) =>
      twoEach(
        Array.from({ length: count }, (_, i) => `${server.url}/${from + i}`),
        (url) => [greeted(url), greeted(url)],
      )
    await hangUp(open(0, 20))
    return memory(server, () => open(20, pairs))
  })
  if (parley === null || floor === null)
    return [{ what: 'memory per idle socket', parley: 'cannot be read on this system' }]
  const line = (what: string, of: (idle: Idle) => number) =>
    compare(what, { parley: [parley], floor: [floor] }, (idle) => of(idle) / 1_000, 'kB', 0)
  return [
    line('memory per idle socket, 2,000 sockets on 1,000 conversations', ({ awake }) => awake),
    line('the same, half a minute later', ({ asleep }) => asleep),
  ]
}

async function hangUp(clients: Promise<readonly Client[]>): Promise<void> {
  for (const client of await clients) client.close()
}

/** A socket of the floor through which something has passed, as through one that was welcomed: only then it compresses. */
async function greeted(url: string): Promise<Client> {
  const client = await Client.open(url)
  await client.command('post', { text: 'Hello?' })
  return client
}

async function twoEach<T>(
  items: readonly T[],
  open: (item: T) => [Promise<Client>, Promise<Client>],
): Promise<Client[]> {
  return (await eachOf(items, opening, (item) => Promise.all(open(item)))).flat()
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count.toFixed(1)}`)
    .join(', ')
}
