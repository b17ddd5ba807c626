/** Which figures there are, how each is taken, and what it should be. */
import { join } from 'node:path'
import { Client, eachOf } from './client.ts'
import { Desk, opening } from './desk.ts'
import { type Idle, memory, type Wake, wake } from './idle.ts'
import { type ClosedLoop, closedLoop, type OpenLoop, openLoop, perRoom } from './messages.ts'
import { type Line, show } from './report.ts'
import { commits, offers } from './routing.ts'
import { rows } from './rows.ts'
import { type Server, startFloor, startParley, usage } from './runtime.ts'
import { type Plan, type Side, withBoth, withParley, withRooms, withServer } from './sides.ts'
import { figure } from './stats.ts'

interface Round {
  readonly open: OpenLoop
  readonly closed: ClosedLoop
  /** Processor time of the server per message of the closed loop, in µs; NaN where it cannot be read. */
  readonly cpu: number
}

const goals = { throughput: 0.7, latency: 1.5, offerP50: 25, offerP99: 100, commits: 12, rows: 5 }
const load = { rate: 500, lanes: 50, inFlight: 8 }

export async function messageFigures(plan: Plan): Promise<Line[]> {
  const results: Record<Side['name'], Round[]> = { parley: [], floor: [] }
  await withBoth(plan, async (sides) => {
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
        const result = await messageRound(side, plan.seconds)
        results[side.name].push(result)
        const { open, closed, cpu } = result
        const perMessage = `${cpu.toFixed(0)} µs of processor time each`
        const rate = `${closed.perSecond.toFixed(0)} messages/s`
        console.log(`  ${side.name}: p50 ${open.delivery.p50.toFixed(1)} ms, ${rate}, ${perMessage}`)
      }
    }
  })
  const latency = (what: string, of: (round: Round) => number, isGoal = false) => {
    const line = compare(what, results, of, 'ms')
    return isGoal
      ? { ...line, goal: { text: `≤ ${goals.latency} × the floor`, met: Number(line.ratio) <= goals.latency } }
      : line
  }
  const throughput = compare(
    'messages a second, 50 conversations × 8 in flight',
    results,
    (r) => r.closed.perSecond,
    '',
    0,
  )
  return [
    latency('at 500 messages/s: sender to receiver, p50', (r) => r.open.delivery.p50, true),
    latency('sender to receiver, p95', (r) => r.open.delivery.p95),
    latency('sender to receiver, p99', (r) => r.open.delivery.p99),
    latency('sender to its answer, p50', (r) => r.open.answer.p50),
    latency('sender to its answer, p95', (r) => r.open.answer.p95),
    latency('sender to its answer, p99', (r) => r.open.answer.p99),
    {
      ...throughput,
      goal: { text: `≥ ${goals.throughput} × the floor`, met: Number(throughput.ratio) >= goals.throughput },
    },
    latency('sender to receiver at that load, p50', (r) => r.closed.delivery.p50),
    compare("the server's processor time per message at that load", results, (r) => r.cpu, 'µs', 0),
  ]
}

async function messageRound(side: Side, seconds: number): Promise<Round> {
  const open = await withRooms(side, load.lanes, (rooms) => openLoop(rooms, { rate: load.rate, seconds }))
  // Enough for 3,000 messages a second.
  const count = load.lanes * Math.max(2, Math.ceil((3_000 * (seconds + 1)) / load.lanes / perRoom))
  return withRooms(side, count, async (rooms) => {
    const before = cpuOf(side.server)
    const closed = await closedLoop(rooms, { ...load, seconds })
    return { open, closed, cpu: ((cpuOf(side.server) - before) * 1_000) / closed.messages }
  })
}

const cpuOf = ({ pid }: Server) => (pid === undefined ? Number.NaN : usage(pid).cpu)

/** The ratio is that of the medians. */
function compare<R>(
  what: string,
  results: { parley: R[]; floor: R[] },
  of: (round: R) => number,
  unit: string,
  digits = 1,
): Line {
  const parley = figure(results.parley.map(of))
  const floor = figure(results.floor.map(of))
  const ratio = (parley.median / floor.median).toFixed(2)
  return { what, parley: show(parley, unit, digits), floor: show(floor, unit, digits), ratio }
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
  ]
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
    await twoEach(await desk.contacts(20), (contact) => [desk.customer(contact), desk.supervisor(contact)])
    const contacts = await desk.contacts(pairs)
    return memory(server, () => twoEach(contacts, (contact) => [desk.customer(contact), desk.supervisor(contact)]))
  })
  const floor = await withServer(join(plan.stateDir, 'idle-floor'), startFloor, async (server) => {
    const open = (from: number, count: number) =>
      twoEach(
        Array.from({ length: count }, (_, i) => `${server.url}/${from + i}`),
        (url) => [Client.open(url), Client.open(url)],
      )
    await open(0, 20)
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
