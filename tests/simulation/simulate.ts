/** Runs one seed from its beginning to its rest, with all rules watching. */

import { type RuleName, ruleNames } from './invariants/rules.ts'
import { Watch } from './invariants/watch.ts'
import { Random } from './kit/random.ts'
import { Director } from './workload/director.ts'
import { type Script, script } from './workload/script.ts'
import { City, type Models, realModels } from './world/city.ts'
import type { Breakage } from './world/home.ts'
import { type Network, weatherOf } from './world/weather.ts'
import { type Violation, World } from './world/world.ts'

/** How long the system gets to come to rest, in ms. */
const REST = 400_000
const DAYS = 3 * 24 * 3_600_000

export interface Outcome {
  readonly seed: string
  readonly script: Script
  readonly violation: Violation | null
  readonly steps: number
  readonly commits: number
  readonly faults: ReadonlyMap<string, number>
  readonly exercised: ReadonlyMap<string, number>
  readonly hash: string
  readonly trace: readonly string[]
}

export interface Options {
  readonly models?: Models
  readonly script?: Script
  readonly network?: Network
  readonly breakage?: Breakage
  /** Only these rules look. */
  readonly rules?: readonly RuleName[]
}

export async function simulate(seed: string, options: Options = {}): Promise<Outcome> {
  const { models = realModels, breakage = {}, rules = ruleNames } = options
  const random = new Random(seed)
  const play = options.script ?? script(seed, random.fork('script'), options.network)
  const city = new City(models)
  const weather = weatherOf(play.network, random.fork('weather'))
  const world = new World(seed, weather, (around, name) => city.settle(around, name), breakage)
  if (options.rules !== undefined) world.counts = (rule) => rules.some((name) => name === rule)
  const director = new Director(world, city, play)
  const watch = new Watch(world, director, rules)
  director.begin()
  for (const [i, act] of play.acts.entries()) {
    const began = world.timeline.now
    world.weather = weather
    world.startWeather(began + act.until + 5_000)
    director.play(act)
    await world.run(began + act.until + 5_000)
    world.clearUp(act.recordAway)
    await world.run(began + act.until + REST)
    if (!act.recordAway) await judge()
    if (i === play.acts.length - 1) break
    director.goHome()
    await world.run(world.timeline.now + DAYS)
    if (!act.recordAway) continue
    world.clearUp(false)
    await world.run(world.timeline.now + REST)
    director.replay()
    await world.run(world.timeline.now + REST)
    await judge()
  }

  async function judge() {
    if (world.violation === null) watch.beforeRest()
    await world.run(world.timeline.now + 2_000)
    if (world.violation === null) watch.rest()
  }
  for (const home of world.homes.values()) home.disk.close()
  return {
    seed,
    script: play,
    violation: world.violation,
    steps: world.steps,
    commits: world.commits,
    faults: world.faults,
    exercised: watch.exercised,
    hash: world.trace.digest(),
    trace: world.trace.last(),
  }
}
