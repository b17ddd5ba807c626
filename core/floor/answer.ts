/** What is read of the Floor's rows: what each agent is in a word, what stands behind a queue, and the rates of all figures. */
import type { AgentFloorState, FloorAgent, FloorAnswer, FloorFrame, FloorQueue, FloorRow } from '../protocol/floor.ts'
import { type AgentFigures, addTime, agentRates, queueRates, type Span } from '../reports/figures.ts'

const isFrame = (row: FloorRow): row is FloorFrame => row.key === 'floor'
const isQueue = (row: FloorRow): row is FloorQueue => 'queue' in row
const isAgent = (row: FloorRow): row is FloorAgent => 'agent' in row

/** The rows by kind, in the order of their names. */
export function sortRows(rows: Iterable<FloorRow>) {
  const all = [...rows]
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
  return {
    frame: all.find(isFrame) ?? null,
    queues: all.filter(isQueue).sort(byName),
    agents: all.filter(isAgent).sort(byName),
  }
}

/** What an agent is, in a word: what it has in hand comes before what it says of itself. */
export function stateOf({ now }: Pick<FloorAgent, 'now'>): AgentFloorState {
  if (now === null) return 'unknown'
  const has = (state: string) => now.items.some((item) => item.state === state)
  if (has('owned')) return 'talking'
  if (has('wrap')) return 'wrap-up'
  if (has('ringing')) return 'ringing'
  if (now.presence === 'offline') return 'offline'
  if (!now.link) return 'gone'
  if (now.notResponding) return 'not-responding'
  return now.presence === 'available' ? 'ready' : now.presence
}

const nobody: Record<AgentFloorState, number> = {
  unknown: 0,
  offline: 0,
  gone: 0,
  'not-responding': 0,
  away: 0,
  busy: 0,
  ready: 0,
  ringing: 0,
  talking: 0,
  'wrap-up': 0,
}

/** What stands behind a queue: contacts of it that ring or are talked to, and its agents by what they are. */
export function behind(queue: string, agents: readonly FloorAgent[]) {
  const items = agents.flatMap(({ now }) => now?.items ?? []).filter(({ via }) => via === queue)
  const serving = agents.filter(({ queues }) => queues.includes(queue))
  const states = { ...nobody }
  for (const agent of serving) states[stateOf(agent)] += 1
  return {
    ringing: items.filter(({ state }) => state === 'ringing').length,
    talking: items.filter(({ state }) => state === 'owned').length,
    agents: states,
  }
}

/** An agent's figures of a span, with the time that still lasts. */
export function withPresent(sum: AgentFigures, { time }: Pick<FloorAgent, 'time'>, span: Span, now: number) {
  const whole = time === null ? sum : addTime(sum, time, span, now)
  return { ...whole, ...agentRates(whole) }
}

/** The answer of GET /api/v1/floor, as of `at` (ms). */
export function floorAnswer(rows: readonly FloorRow[], at: number): FloorAnswer {
  const { frame, queues, agents } = sortRows(rows)
  const told = frame !== null && [...queues, ...agents].every(({ now }) => now !== null)
  return {
    at,
    told,
    counted: frame?.counted ?? false,
    policy: frame?.policy ?? null,
    today: frame?.counted === true ? frame.today : null,
    interval: frame?.counted === true ? frame.interval : null,
    queues: queues.map(({ key: _, figures, ...queue }) => ({
      ...queue,
      ...behind(queue.queue, agents),
      figures: figures && {
        today: { ...figures.today, ...queueRates(figures.today) },
        interval: { ...figures.interval, ...queueRates(figures.interval) },
      },
    })),
    agents: agents.map(({ key: _, figures, time, ...agent }) => ({
      ...agent,
      state: stateOf(agent),
      figures:
        figures === null || frame === null
          ? null
          : {
              today: withPresent(figures.today, { time }, { from: frame.today, to: at }, at),
              interval: withPresent(figures.interval, { time }, { from: frame.interval, to: at }, at),
            },
    })),
  }
}
