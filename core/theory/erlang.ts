/**
 * Erlang's formulas for one group of equal agents, arrivals at random (Poisson), handle times exponential, nobody leaves.
 * A. K. Erlang 1917; as in Gross & Harris, Fundamentals of Queueing Theory, sections 2.3 and 2.5. Times in any one unit.
 */

export interface Group {
  readonly agents: number
  /** Mean contacts that arrive in a unit of time. */
  readonly rate: number
  /** Mean time that a contact takes. */
  readonly handle: number
}

/** The load that a group is offered, in erlangs: agents that it would keep busy if there were enough. */
export const loadOf = ({ rate, handle }: Group) => rate * handle

/** Erlang B: the share that finds all of `servers` taken, where who finds no place goes away. Any load. */
export function erlangB(servers: number, load: number): number {
  let blocked = 1
  for (let k = 1; k <= servers; k += 1) blocked = (load * blocked) / (k + load * blocked)
  return blocked
}

/** Erlang C: the share that has to wait, where everybody waits. 1 when the load is not below the number of servers. */
export function erlangC(servers: number, load: number): number {
  if (load >= servers) return 1
  const blocked = erlangB(servers, load)
  return (servers * blocked) / (servers - load * (1 - blocked))
}

/** What a group does in the long run when nobody leaves. */
export interface Waiting {
  /** Share of contacts that wait at all. */
  readonly waits: number
  /** Mean wait of all contacts; Infinity when the group cannot keep up. */
  readonly mean: number
  /** Mean number that wait. */
  readonly queue: number
  /** Share of their time that the agents are busy. */
  readonly occupancy: number
  /** Share answered within a time. */
  within(time: number): number
  /** The time within which this share is answered. */
  quantile(share: number): number
}

/** M/M/n: a group whose contacts wait until they are served. */
export function patient(group: Group): Waiting {
  const { agents, rate, handle } = group
  const load = loadOf(group)
  const waits = erlangC(agents, load)
  const spare = agents - load
  const mean = spare > 0 ? (waits * handle) / spare : Number.POSITIVE_INFINITY
  return {
    waits,
    mean,
    queue: rate * mean,
    occupancy: Math.min(1, load / agents),
    within: (time) => (spare > 0 ? 1 - waits * Math.exp((-spare * time) / handle) : 0),
    quantile: (share) => (1 - share >= waits ? 0 : (Math.log(waits / (1 - share)) * handle) / spare),
  }
}
