/** All rules over one world: keeps the facts up to date and lets each rule look after every commit and at rest. */
import { Facts } from '../facts/facts.ts'
import type { Director } from '../workload/director.ts'
import type { Resident } from '../world/home.ts'
import type { Seen } from '../world/observe.ts'
import type { Watcher, World } from '../world/world.ts'
import type { Commit, Rule, Sight } from './rule.ts'
import { type RuleName, rules } from './rules.ts'

export class Watch implements Watcher {
  /** How often each rule had something to judge. */
  readonly exercised = new Map<string, number>()
  readonly #world: World
  readonly #facts = new Facts()
  readonly #rules: readonly Rule[]

  constructor(world: World, director: Director, names: readonly RuleName[]) {
    this.#world = world
    const sight: Sight = {
      world,
      facts: this.#facts,
      director,
      hit: (what, times = 1) => this.exercised.set(what, (this.exercised.get(what) ?? 0) + times),
      fail: (rule, message) => world.fail(rule, message),
    }
    this.#rules = names.map((name) => rules[name](sight))
    world.watch(this)
  }

  committed(home: Resident, seen: Seen | null): void {
    const actor = this.#facts.refresh(home, this.#world.timeline.now)
    this.#count(seen)
    const commit: Commit = { home, actor, seen, at: this.#world.timeline.now }
    for (const rule of this.#rules) rule.commit?.(commit)
  }

  /** What the actors were asked and told: a rule holds easily where nothing happens. */
  #count(seen: Seen | null): void {
    const count = (what: string) => this.exercised.set(what, (this.exercised.get(what) ?? 0) + 1)
    if (seen?.what === 'message') count(`message ${seen.message.type}`)
    if (seen?.what === 'message' && seen.message.type === 'start') count(`medium ${seen.message.medium}`)
    if (seen?.what === 'command') count(`command ${seen.command.name}`)
    if (seen?.what === 'due') count(`due ${seen.name.split(':')[0]}`)
  }

  rang(home: Resident): void {
    for (const rule of this.#rules) rule.rang?.(home)
  }

  restored(home: Resident): void {
    const actor = this.#facts.refresh(home, this.#world.timeline.now)
    for (const rule of this.#rules) rule.restored?.(actor)
  }

  beforeRest(): void {
    for (const rule of this.#rules) rule.beforeRest?.()
  }

  rest(): void {
    for (const rule of this.#rules) rule.rest?.()
  }
}
