/** The harness itself, with a toy of two counters in place of the real models. */
import { describe, expect, it } from 'vitest'
import type { Model } from '../../core/engine/model.ts'
import type { Cell } from '../../core/engine/parts.ts'
import { type AgentId, address, asId, type QueueId } from '../../core/ids.ts'
import { refuse } from '../../core/result.ts'
import { Random } from './kit/random.ts'
import { Timeline } from './kit/timeline.ts'
import { org } from './world/city.ts'
import { Home } from './world/home.ts'
import { type Network, weatherOf } from './world/weather.ts'
import { World } from './world/world.ts'

const ping = address(org, 'agent', asId<AgentId>('ping'))
const pong = address(org, 'queue', asId<QueueId>('pong'))
const rallies = 60

interface Count {
  readonly heard: readonly number[]
}

/** Sends back the next number; on a deadline when it is even. */
function counter(kind: 'agent' | 'queue', other: typeof ping): Model<Cell<Count>> {
  return {
    kind,
    migrations: [],
    open: (tables) => tables.cell<Count>('count', { heard: [] }),
    admit: () => refuse('not_found', 'nobody'),
    receive(state, turn, _from, message) {
      if (message.type !== 'ask-config') return
      state.set({ heard: [...state.get().heard, message.have] })
      turn.deadline(`number ${message.have}`, turn.now + (message.have % 2) * 50)
    },
    due(state, turn, name) {
      const next = Number(name.split(' ')[1]) + 1
      if (next <= rallies) turn.send(other, { type: 'ask-config', have: next })
      state.set({ ...state.get() })
    },
    command: () => ({ result: refuse('bad_input', 'no'), remember: false }),
    settle() {},
    stream: () => undefined,
  }
}

async function rally(seed: string, network: Network) {
  const toys = { [ping]: counter('agent', pong), [pong]: counter('queue', ping) }
  const world = new World(seed, weatherOf(network, new Random(seed)), (around, name) => {
    const toy = toys[name]
    if (toy === undefined) throw new Error(`nobody lives at ${name}`)
    return new Home(around, name, toy)
  })
  const heard = () =>
    [ping, pong].map((name) => world.home(name).disk.exec("SELECT body FROM state WHERE tab = 'count'"))
  world.home(pong)
  world.home(ping).enter((actor) => actor.decide((_state, turn) => turn.send(pong, { type: 'ask-config', have: 1 })))
  world.startWeather(600_000)
  await world.run(600_000)
  world.clearUp(false)
  await world.run(900_000)
  return { world, heard: heard().map((rows) => JSON.parse(String(rows[0]?.body)).heard) }
}

describe('the harness', () => {
  it('draws the same numbers from the same seed, and others from another', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, (_, i) => new Random(seed).fork(`${i}`).next())
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
  })

  it('lets things happen in the order of time, then of planning', () => {
    const timeline = new Timeline()
    const seen: string[] = []
    for (const [at, name] of [
      [5, 'e'],
      [1, 'a'],
      [3, 'c'],
      [1, 'b'],
      [4, 'd'],
    ] as const)
      timeline.at(at, () => seen.push(name))
    timeline.at(2, () => seen.push('off')).off = true
    while (timeline.step(4.5));
    expect(seen.join('')).toBe('abcd')
    expect(timeline.now).toBe(4.5)
  })

  it.each(['calm', 'storm'] as const)(
    'keeps a rally of messages going in a %s, each taken once and in order',
    async (network) => {
      for (let i = 0; i < 20; i++) {
        const { world, heard } = await rally(`${network}-${i}`, network)
        expect(world.violation).toBeNull()
        const numbers = Array.from({ length: rallies }, (_, n) => n + 1)
        expect(heard).toEqual([numbers.filter((n) => n % 2 === 0), numbers.filter((n) => n % 2 === 1)])
        expect(world.homes.get(ping)?.disk.exec('SELECT * FROM outbox')).toEqual([])
        if (network === 'storm' && i === 0) expect(world.faults.size).toBeGreaterThan(5)
      }
    },
  )

  it('gives the same trace for the same seed', async () => {
    const hash = async (seed: string) => (await rally(seed, 'storm')).world.trace.digest()
    expect(await hash('x')).toBe(await hash('x'))
    expect(await hash('x')).not.toBe(await hash('y'))
  })
})
