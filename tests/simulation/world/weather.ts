/** How bad things are: what the network, the machines and the record's conveyor do to the actors. */
import type { Random } from '../kit/random.ts'

export type Network = 'storm' | 'calm' | 'partial'

export interface Weather {
  readonly network: Network
  /** One way of a packet, an answer or a frame, in ms. */
  readonly hop: readonly [number, number]
  /** How often a packet or its answer takes up to {@link slowHop} instead. */
  readonly slow: number
  readonly slowHop: number
  readonly drop: number
  readonly duplicate: number
  /** How late the second copy of a packet may come, in ms. */
  readonly duplicateLate: number
  /** How often a lost packet or answer is never told to its sender, who then hangs. */
  readonly hang: number
  /** Chance, for each second, that a pair of actors is cut; and for how long at most, in ms. */
  readonly cut: number
  readonly cutFor: number
  /** Chance of each commit: the machine dies before it, or after it with nothing said. */
  readonly killBefore: number
  readonly killAfter: number
  /** Chance of each commit that the storage refuses it while the actor lives on. */
  readonly refuse: number
  /** How long a dead machine stays away at most, in ms. */
  readonly down: number
  /** Chance of each step that some actor's memory is dropped, its sockets kept. */
  readonly evict: number
  /** Clocks are wrong by up to this, and jump when the machine is another, in ms. */
  readonly skew: number
  readonly alarmLate: number
  /** Chance that the conveyor to the record fails, before or after it took the items. */
  readonly worldFails: number
  /** Chance, for each second, that one agent or queue is down for a while, or an agent and a conversation are cut. */
  readonly outage: number
}

const still = {
  slow: 0,
  slowHop: 0,
  drop: 0,
  duplicate: 0,
  duplicateLate: 0,
  hang: 0,
  cut: 0,
  cutFor: 0,
  killBefore: 0,
  killAfter: 0,
  refuse: 0,
  down: 0,
  evict: 0.01,
  alarmLate: 4,
  worldFails: 0,
  outage: 0,
}

/** Nothing fails; actors are evicted all the same. */
export const calm: Weather = { ...still, network: 'calm', hop: [1, 5], skew: 0 }

export function weatherOf(network: Network, random: Random): Weather {
  if (network === 'calm') return { ...calm, skew: random.pick([0, 2_000]) }
  if (network === 'partial')
    return { ...calm, network, outage: 0.4, down: 9_000, cutFor: 12_000, skew: random.pick([0, 2_000]) }
  return {
    network,
    hop: [1, 20],
    slow: 0.06,
    slowHop: 3_300,
    drop: 0.06,
    duplicate: 0.08,
    duplicateLate: 33_000,
    hang: 0.3,
    cut: 0.08,
    cutFor: 25_000,
    killBefore: 0.01,
    killAfter: 0.01,
    refuse: 0.004,
    down: random.pick([200, 3_000, 25_000]),
    evict: random.pick([0.002, 0.02, 0.1]),
    skew: 2_000,
    alarmLate: 2_000,
    worldFails: 0.2,
    outage: 0,
  }
}
