/** What a rule is to the watch: it looks after each commit, when an alarm has rung, and at rest. */
import type { ActorFacts, Facts } from '../facts/facts.ts'
import type { Director } from '../workload/director.ts'
import type { Resident } from '../world/home.ts'
import type { Seen } from '../world/observe.ts'
import type { World } from '../world/world.ts'

export interface Commit {
  readonly home: Resident
  readonly actor: ActorFacts
  readonly seen: Seen | null
  /** Real time, in ms. */
  readonly at: number
}

export interface Sight {
  readonly world: World
  readonly facts: Facts
  readonly director: Director
  /** The rule had something to judge. */
  hit(what: string, times?: number): void
  fail(rule: string, message: string): void
}

export interface Rule {
  commit?(commit: Commit): void
  rang?(home: Resident): void
  /** This actor begins anew with what a backup kept of it, beside all the others; what it says to that comes next. */
  restored?(actor: ActorFacts): void
  /** A little before the rest is judged. */
  beforeRest?(): void
  rest?(): void
}

export type MakeRule = (sight: Sight) => Rule
