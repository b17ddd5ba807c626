/**
 * A day that no model of ours has lived: first come, first served, by whoever has been idle for longest, until patience is over.
 * Of it stands what the product would record: entries, from which the conversations' own fold makes segments, and agents' times.
 */
import type { StaffEntry } from '../../core/protocol/conversation.ts'
import type { AgentInterval } from '../../core/protocol/segments.ts'
import type { Traffic } from '../../core/protocol/whatif.ts'
import { segmentsOf } from '../../core/segments/fold.ts'
import { Chance } from '../../core/whatif/chance.ts'
import { trafficOf } from '../../core/whatif/recorded.ts'

export interface DayShape {
  readonly begin: number
  readonly hours: number
  readonly agents: number
  /** Customers come so far apart, talk so long and wait so long, each on average and exponentially; in ms. */
  readonly apart: number
  readonly talk: number
  readonly patience: number
}

/** A customer, as chance has it: how long the talk will be, and the patience; in ms. */
export interface Visit {
  readonly at: number
  readonly talk: number
  readonly patience: number
}

interface Taken {
  readonly visit: Visit
  /** When it was answered, and by whom; null: the customer left. */
  readonly answer: { readonly at: number; readonly agent: number } | null
}

/** The customers of a seed are the same, however many agents there are. */
export function visits({ begin, hours, apart, talk, patience }: DayShape, seed: number): Visit[] {
  const coming = new Chance(seed)
  const all: Visit[] = []
  for (let at = begin + coming.exponential(apart); at < begin + hours * 3_600_000; at += coming.exponential(apart)) {
    const own = new Chance(seed * 100_003 + all.length)
    all.push({
      at: Math.round(at),
      talk: Math.round(own.exponential(talk)),
      patience: Math.round(own.exponential(patience)),
    })
  }
  return all
}

/** Whoever comes first is served first, so each takes the agent who is free the soonest; of several, the longest idle. */
function serve(all: readonly Visit[], agents: number, begin: number): Taken[] {
  const free = Array.from({ length: agents }, () => begin)
  return all.map((visit) => {
    const agent = free.indexOf(Math.min(...free))
    const at = Math.max(visit.at, free[agent] ?? 0)
    if (at > visit.at + visit.patience) return { visit, answer: null }
    free[agent] = at + visit.talk
    return { visit, answer: { at, agent } }
  })
}

type Said = readonly [at: number, body: StaffEntry['body']]

const nameOf = (agent: number) => `a${agent}`

function segments({ visit: { at, talk, patience }, answer }: Taken) {
  const after: readonly Said[] =
    answer === null
      ? [[at + patience, { type: 'closed', by: 'customer' }]]
      : [
          [answer.at, { type: 'offered', agent: nameOf(answer.agent), lease: 1, via: 'sales' }],
          [answer.at, { type: 'joined', name: nameOf(answer.agent) }],
          [answer.at + talk, { type: 'closed', by: 'agent' }],
        ]
  const all: readonly Said[] = [[at, { type: 'waiting', queues: ['sales'], step: 0 }], ...after]
  return segmentsOf(
    all.map(
      ([at, body], i): StaffEntry => ({
        ...{ stream: 'staff', seq: i + 1, pub: null, id: `${i}` },
        at,
        from: { role: 'system' },
        body,
      }),
    ),
  )
}

/** Available all day, with a contact or without. */
function times(taken: readonly Taken[], { begin, hours, agents }: DayShape): { agent: string; time: AgentInterval }[] {
  const duty = { presence: 'available', reason: null, notResponding: false, connected: true, version: 1 } as const
  const end = begin + hours * 3_600_000
  return Array.from({ length: agents }, (_, agent) => {
    const talks = taken.flatMap(({ visit, answer }) =>
      answer?.agent === agent ? [{ from: answer.at, to: answer.at + visit.talk }] : [],
    )
    const edges = [begin, ...talks.flatMap(({ from, to }) => [from, to]), end]
    return edges.slice(0, -1).flatMap((beganAt, n) => {
      const endedAt = edges[n + 1] ?? end
      const time = { ...duty, id: n + 1, occupied: n % 2 === 1, beganAt, endedAt }
      return endedAt > beganAt ? [{ agent: nameOf(agent), time }] : []
    })
  }).flat()
}

/** The day's record as a simulation is given it. */
export function recordedDay(shape: DayShape, seed: number): Traffic {
  const taken = serve(visits(shape, seed), shape.agents, shape.begin)
  const stays = taken.flatMap((one, n) => segments(one).map((segment) => ({ conversation: `c${n}`, segment })))
  const day = { from: shape.begin, to: shape.begin + shape.hours * 3_600_000 }
  return trafficOf(stays, times(taken, shape), day, day.to)
}
