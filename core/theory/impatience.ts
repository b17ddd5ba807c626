/**
 * Erlang A (M/M/n+M): a group whose contacts leave when they have waited for too long, patience being exponential.
 * C. Palm 1946; Garnett, Mandelbaum & Reiman, Designing a call center with impatient customers, 2002. Exact, no simulation.
 */
import { incompleteBeta } from './beta.ts'
import { type Group, loadOf } from './erlang.ts'

export interface Abandonment {
  /** Share of contacts that find no agent free. */
  readonly waits: number
  /** Share that leaves before it is answered. */
  readonly abandoned: number
  /** Mean wait of all contacts, whether it ends by an answer or not. */
  readonly mean: number
  /** Mean number that wait. */
  readonly queue: number
  readonly occupancy: number
  /** The service level of a time, by each of the definitions in use. */
  level(time: number): ServiceLevel
}

export interface ServiceLevel {
  /** Answered in time, of all that came. */
  readonly ofOffered: number
  /** Answered in time, of all that were answered. */
  readonly ofAnswered: number
  /** Answered in time, of all but those that left within the time. */
  readonly withoutShort: number
}

/** Probabilities below this are left out. */
const NEGLIGIBLE = 1e-17

/** `patience`: the mean time after which a contact leaves. */
export function impatient(group: Group & { readonly patience: number }): Abandonment {
  const { agents, rate, handle, patience } = group
  const { below, waiting } = distribution(group)
  const waits = waiting.reduce((sum, p) => sum + p, 0)
  const queue = waiting.reduce((sum, p, others) => sum + p * others, 0)
  const abandoned = queue / patience / rate
  const c = (agents * patience) / handle
  return {
    waits,
    abandoned,
    mean: queue / rate,
    queue,
    occupancy: (loadOf(group) * (1 - abandoned)) / agents,
    level(time) {
      let inTime = below
      let leftInTime = 0
      for (const [others, p] of waiting.entries()) {
        const x = Math.exp(-time / patience)
        const served = (c / (c + others + 1)) * (1 - incompleteBeta(x, c + 1, others + 1))
        const stillThere = x * incompleteBeta(x, c, others + 1)
        inTime += p * served
        leftInTime += p * (1 - served - stillThere)
      }
      return {
        ofOffered: inTime,
        ofAnswered: inTime / (1 - abandoned),
        withoutShort: inTime / (1 - leftInTime),
      }
    },
  }
}

/** How likely it is that an agent is free, and that all are busy with 0, 1, 2 … contacts waiting. */
function distribution({ agents, rate, handle, patience }: Group & { readonly patience: number }) {
  const out = (k: number) => Math.min(k, agents) / handle + Math.max(0, k - agents) / patience
  // From the likeliest number in the system, so that nothing overflows.
  const start = Math.min(agents, Math.floor(rate * handle))
  const p: number[] = []
  p[start] = 1
  for (let k = start; k > 0; k -= 1) p[k - 1] = (p[k] ?? 0) * (out(k) / rate)
  for (let k = start; (p[k] ?? 0) > NEGLIGIBLE || k < agents; k += 1) p[k + 1] = (p[k] ?? 0) * (rate / out(k + 1))
  const total = p.reduce((sum, each) => sum + each, 0)
  const shares = p.map((each) => each / total)
  return { below: shares.slice(0, agents).reduce((sum, each) => sum + each, 0), waiting: shares.slice(agents) }
}
