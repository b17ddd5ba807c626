/** All rules over one world: keeps the facts up to date and lets each rule look after every commit and at rest. */
import { Facts } from '../facts/facts.ts'
import type { Director } from '../workload/director.ts'
import type { Resident } from '../world/home.ts'
import type { Seen } from '../world/observe.ts'
import type { Watcher, World } from '../world/world.ts'
import type { Commit, Rule, Sight } from './rule.ts'
import { rules } from './rules.ts'

export class Watch implements Watcher {
  /** How often each rule had something to judge. */
  readonly exercised = new Map<string, number>()
  readonly #world: World
  readonly #facts = new Facts()
  readonly #rules: readonly Rule[]

  constructor(world: World, director: Director) {
    this.#world = world
    const sight: Sight = {
      world,
      facts: this.#facts,
      director,
      hit: (what, times = 1) => this.exercised.set(what, (this.exercised.get(what) ?? 0) + times),
      fail: (rule, message) => world.fail(rule, message),
    }
    this.#rules = rules.map((make) => make(sight))
    world.watch(this)
  }

  committed(home: Resident, seen: Seen | null): void {
    const actor = this.#facts.refresh(home, this.#world.timeline.now)
    const commit: Commit = { home, actor, seen, at: this.#world.timeline.now }
    for (const rule of this.#rules) rule.commit?.(commit)
  }

  rang(home: Resident): void {
    for (const rule of this.#rules) rule.rang?.(home)
  }

  beforeRest(): void {
    for (const rule of this.#rules) rule.beforeRest?.()
  }

  rest(): void {
    for (const rule of this.#rules) rule.rest?.()
  }
}
