/** Messages between actors: OB3, alone and over a network that loses, doubles and reorders as chance will have it. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Actor } from '../../core/engine/actor.ts'
import type { Packet } from '../../core/engine/mail.ts'
import { migrate } from '../../core/engine/migrations.ts'
import type { ActorName } from '../../core/ids.ts'
import { Harness, ManualClock } from '../support/harness.ts'
import { MemoryStore } from '../support/store.ts'
import { type Hooks, post, type ToyState, toyModel, toyName } from '../support/toy.ts'

const [a, b, c] = [toyName('a'), toyName('b'), toyName('c')]
const make = (hooks: Hooks = {}) => new Harness(a, toyModel(hooks))
const place = (n: number) => ({ type: 'place', queue: 'q', stay: 1, place: n }) as const
const taken = (h: { state: ToyState }, from = 'b') => h.state.taken.get(from)?.list ?? []

const packet = (first: number, last: number, more: Partial<Packet> = {}): Packet => {
  const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const made = new Harness(b, toyModel())
  let sent: Packet | undefined
  made.link.toActor = async (_to, each) => {
    sent ??= each
    return last
  }
  made.actor.decide((_state, turn) => {
    for (let n = 1; n <= last; n += 1) post(turn, a, n)
  })
  if (sent === undefined) throw new Error('nothing was sent')
  return { ...sent, rows: sent.rows.filter(({ n }) => numbers.includes(n)), ...more }
}

describe('a receiver', () => {
  it('OB3: takes a packet once, in order, and answers how far it is', () => {
    const h = make()
    expect(h.actor.receive(packet(1, 2))).toBe(2)
    expect(h.actor.receive(packet(1, 2))).toBe(2)
    h.evict()
    expect(h.actor.receive(packet(1, 4))).toBe(4)
    expect(taken(h)).toEqual([1, 2, 3, 4])
  })

  it('OB3: stops at a gap, and goes on when it is filled', () => {
    const h = make()
    expect(h.actor.receive(packet(3, 4))).toBe(0)
    expect(h.actor.receive(packet(1, 1))).toBe(1)
    expect(h.actor.receive(packet(3, 4))).toBe(1)
    expect(h.actor.receive(packet(2, 4))).toBe(4)
    expect(taken(h)).toEqual([1, 2, 3, 4])
  })

  it('OB3: begins where the sender says, when it knows nothing of it', () => {
    const h = make()
    expect(h.actor.receive(packet(5, 6, { base: 5 }))).toBe(6)
    expect(h.actor.receive(packet(5, 6, { base: 5 }))).toBe(6)
    expect(taken(h)).toEqual([5, 6])
  })

  it('OB3: takes nothing of a message whose handler throws, keeps what came before, and takes it later', () => {
    let broken = true
    const h = make({
      receive: (_state, _turn, message) => {
        if (broken && message.type === 'place' && message.place === 2) throw new Error('poison')
      },
    })
    expect(() => h.actor.receive(packet(1, 3))).toThrow('poison')
    expect(taken(h)).toEqual([1])
    broken = false
    expect(h.actor.receive(packet(1, 3))).toBe(3)
    expect(taken(h)).toEqual([1, 2, 3])
  })

  it('OB3: tells senders apart', () => {
    const h = make()
    h.actor.receive(packet(1, 2))
    h.actor.receive(packet(1, 2, { from: c }))
    expect([taken(h), taken(h, 'c')]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  it('OB3: that forgot a sender goes on with it, and repeats nothing', async () => {
    const day = 24 * 3_600_000
    const h = make()
    h.actor.receive(packet(1, 2))
    for (let days = 0; days < 3; days += 1) {
      h.actor.decide((_state, turn) => post(turn, c, days))
      await h.sent()
      h.advance(day + 1)
      // The sweep comes along with whatever rings next.
      h.actor.alarm()
    }
    expect(h.store.exec('SELECT * FROM inbox')).toEqual([])
    expect(h.actor.receive(packet(3, 4, { base: 3 }))).toBe(4)
    expect(taken(h)).toEqual([1, 2, 3, 4])
  })

  it('OB10: that only listens forgets senders too, and no cursor that is needed, for a row a day and no alarm', async () => {
    const day = 24 * 3_600_000
    const h = make()
    h.actor.receive(packet(1, 2))
    h.actor.receive(packet(1, 1, { from: c }))
    h.store.takeWrites()
    h.actor.receive(packet(3, 3))
    // The cursor, and what the toy takes.
    expect(h.store.takeWrites()).toBe(2)
    h.advance(3 * day)
    expect(h.clock.wakeAt).toBeNull()
    // A repetition after days, its answer was lost each time: the cursor still stands.
    expect(h.actor.receive(packet(3, 3))).toBe(3)
    expect(h.actor.receive(packet(4, 4, { base: 4 }))).toBe(4)
    expect(taken(h)).toEqual([1, 2, 3, 4])
    expect(h.store.exec('SELECT peer, cursor FROM inbox')).toEqual([{ peer: b, cursor: 4 }])
    expect(h.clock.wakeAt).toBeNull()
    for (const n of [1, 2]) {
      h.advance(2 * day)
      h.actor.receive(packet(n, n, { from: toyName('d') }))
    }
    expect(h.store.exec('SELECT peer FROM inbox')).toEqual([{ peer: toyName('d') }])
  })

  it('BK2: asks once for a newer configuration that a packet knows of', () => {
    const asked: number[] = []
    const h = make({ newerConfig: (version) => asked.push(version) })
    h.actor.receive(packet(1, 1, { config: 1 }))
    expect(asked).toEqual([])
    h.actor.receive(packet(1, 1, { config: 3 }))
    expect(asked).toEqual([3])
  })
})

describe('a sender', () => {
  const sendOne = (h: Harness<ToyState>, n = 1, to = b) => h.actor.decide((_state, turn) => post(turn, to, n))

  it('OB3: sends at once after the commit, without an alarm', async () => {
    const h = make()
    sendOne(h)
    expect(await h.sent()).toEqual([{ to: b, message: place(1) }])
    expect(h.store.exec('SELECT * FROM outbox')).toHaveLength(1)
    // What was acknowledged is forgotten with the next commit.
    h.actor.decide(() => {})
    expect(h.store.exec('SELECT * FROM outbox')).toEqual([])
  })

  it('OB3: tries again after 1 s, then ever more seldom up to 60 s, for ever', async () => {
    const h = make()
    const times: number[] = []
    h.link.toActor = async () => {
      times.push(h.now)
      throw new Error('down')
    }
    sendOne(h)
    await h.sent()
    for (let i = 0; i < 600; i += 1) {
      h.advance(1_000)
      await Promise.resolve()
    }
    const gaps = times.map((at, i) => at - (times[i - 1] ?? at)).slice(1)
    expect(gaps.slice(0, 9)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
    expect(times.length).toBeGreaterThan(13)
  })

  it('OB3: goes on trying after an eviction, at the time it had planned', async () => {
    const h = make()
    h.link.down.add(b)
    sendOne(h)
    await h.sent()
    h.advance(7_000)
    h.evict()
    h.link.down.clear()
    h.advance(7_999)
    expect(await h.sent()).toEqual([])
    h.advance(1)
    expect(await h.sent()).toEqual([{ to: b, message: place(1) }])
  })

  it('OB3: sends first what a life before it could not send', async () => {
    const h = make()
    h.link.down.add(b)
    sendOne(h, 1)
    await h.sent()
    h.evict()
    h.link.down.clear()
    sendOne(h, 2)
    expect(await h.sent()).toEqual([
      { to: b, message: place(1) },
      { to: b, message: place(2) },
    ])
  })

  it('OB3: lists a receiver as stuck after ten tries, sends all when told to, and forgets the trouble', async () => {
    const h = make()
    h.link.down.add(b)
    sendOne(h, 1)
    sendOne(h, 2)
    const since = h.now
    await h.sent()
    const tries = async (ms: number) => {
      h.advance(ms)
      await h.sent()
    }
    await tries(63_000 + 3 * 60_000)
    expect(h.actor.stuck().peers).toEqual([])
    await tries(60_000)
    expect(h.actor.stuck().peers).toEqual([{ peer: b, waiting: 2, attempts: 10, since, error: 'Error: down' }])
    h.evict()
    expect(h.actor.stuck().peers).toMatchObject([{ peer: b, waiting: 2, attempts: 10 }])
    h.link.down.clear()
    expect(h.actor.replay()).toBe(1)
    expect(await h.sent()).toHaveLength(2)
    h.actor.decide(() => {})
    expect(h.actor.stuck().peers).toEqual([])
  })

  it('OB3: retries by the clock of the oldest message: younger ones do not push it on', async () => {
    const h = make()
    h.link.down.add(b)
    sendOne(h, 1)
    await h.sent()
    h.advance(1_000)
    await h.sent()
    const next = h.clock.wakeAt
    h.advance(500)
    sendOne(h, 2)
    expect(h.clock.wakeAt).toBe(next)
  })

  it('OB3: is not held up by an answer that never comes, nor misled by one that comes late', async () => {
    const h = make()
    const answers: ((cursor: number) => void)[] = []
    const packets: Packet[] = []
    h.link.toActor = (_to, each) => {
      packets.push(each)
      return new Promise((resolve) => answers.push(resolve))
    }
    sendOne(h, 1)
    sendOne(h, 2)
    expect(packets).toHaveLength(1)
    h.advance(1_000)
    expect(packets.at(-1)?.rows).toHaveLength(2)
    answers[1]?.(2)
    await h.sent()
    sendOne(h, 3)
    expect(packets.at(-1)).toMatchObject({ base: 3, rows: [{ n: 3 }] })
    answers[0]?.(1)
    await h.sent()
    answers[2]?.(3)
    await h.sent()
    h.actor.decide(() => {})
    expect(h.store.exec('SELECT * FROM outbox')).toEqual([])
    const sent = packets.length
    h.advance(120_000)
    expect(packets).toHaveLength(sent)
  })

  it('OB3: keeps receivers apart: one that is down holds up nobody else', async () => {
    const h = make()
    h.link.down.add(b)
    sendOne(h, 1, b)
    sendOne(h, 2, c)
    expect(await h.sent()).toEqual([{ to: c, message: place(2) }])
  })

  it('OB3: sends many messages in packets of 64, in order', async () => {
    const h = make()
    h.actor.decide((_state, turn) => {
      for (let n = 1; n <= 200; n += 1) post(turn, b, n)
    })
    const sent = await h.sent()
    expect(sent.map(({ message }) => (message.type === 'place' ? message.place : 0))).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 1),
    )
  })

  it('OB3: never uses a number again for a pair that it had forgotten', async () => {
    const day = 24 * 3_600_000
    const h = make()
    sendOne(h, 1)
    sendOne(h, 2)
    await h.sent()
    for (let days = 0; days < 3; days += 1) {
      sendOne(h, 9, c)
      await h.sent()
      h.advance(day + 1)
      await h.sent()
    }
    h.evict()
    let base = 0
    h.link.toActor = async (_to, each) => (base = each.base)
    sendOne(h, 3)
    expect(base).toBeGreaterThan(2)
  })
})

/** What chance may do to two actors and the post between them. */
const weather = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), many: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver' as const), which: fc.nat(5) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('double' as const), which: fc.nat(5) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('lose' as const), which: fc.nat(5) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver, lose the answer' as const), which: fc.nat(5) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 70_000 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('evict' as const), whom: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const) }) },
  ),
  { maxLength: 60 },
)
type Step = typeof weather extends fc.Arbitrary<(infer S)[]> ? S : never

/** A sender, a receiver, and the packets between them, each of them as long under way as the test wants. */
class Post {
  readonly clock = new ManualClock()
  readonly stores = { a: new MemoryStore(), b: new MemoryStore() }
  readonly errors: unknown[] = []
  under: { packet: Packet; answer: (cursor: number) => void; fail: () => void }[] = []
  wakeAt: { a: number | null; b: number | null } = { a: null, b: null }
  sent = 0
  #lives = { a: 0, b: 0 }
  a: Actor<ToyState> = this.#open('a')
  b: Actor<ToyState> = this.#open('b')

  run(step: Step): void {
    switch (step.do) {
      case 'send':
        return this.a.decide((_state, turn) => {
          for (let i = 0; i < step.many; i += 1) post(turn, b, ++this.sent)
        })
      case 'wait':
        return this.#wait(step.ms)
      case 'evict':
        return void (step.whom ? (this.a = this.#open('a')) : (this.b = this.#open('b')))
      case 'forget':
        // The receiver's cursor may go when the sender has been silent for long, its answers all arrived.
        if (this.stores.a.exec('SELECT * FROM outbox').length === 0 && this.under.length === 0) {
          this.stores.b.exec('DELETE FROM inbox')
          this.b = this.#open('b')
        }
        return
      default:
        return this.#travel(step.do, step.which)
    }
  }

  async quiet(): Promise<void> {
    for (let i = 0; i < 10; i += 1) await Promise.resolve()
  }

  #travel(how: 'deliver' | 'double' | 'lose' | 'deliver, lose the answer', which: number): void {
    const at = this.under.length === 0 ? 0 : which % this.under.length
    const it = this.under[at]
    if (it === undefined) return
    if (how !== 'double') this.under.splice(at, 1)
    if (how === 'lose') return it.fail()
    const cursor = this.b.receive(structuredClone(it.packet))
    if (how === 'deliver') it.answer(cursor)
    if (how === 'deliver, lose the answer') it.fail()
  }

  #wait(ms: number): void {
    this.clock.time += ms
    for (const who of ['a', 'b'] as const) {
      const due = this.wakeAt[who]
      if (due === null || due > this.clock.time) continue
      this.wakeAt[who] = null
      this[who].alarm()
    }
  }

  #open(who: 'a' | 'b'): Actor<ToyState> {
    const life = ++this.#lives[who]
    const ports = {
      store: this.stores[who],
      clock: {
        now: () => this.clock.now(),
        newId: () => this.clock.newId(),
        wake: (at: number | null) => {
          this.wakeAt[who] = at
        },
        nudge: () => {},
      },
      link: {
        toActor: (_to: ActorName, packet: Packet) =>
          new Promise<number>((resolve, reject) => {
            // An answer to an actor that is no more is heard by nobody.
            const heard = () => this.#lives[who] === life
            this.under.push({
              packet,
              answer: (cursor) => heard() && resolve(cursor),
              fail: () => heard() && reject(new Error('lost')),
            })
          }),
        toWorld: async () => {},
      },
      sockets: { all: () => [] },
      report: (error: unknown) => void this.errors.push(error),
    }
    return new Actor(who === 'a' ? a : b, toyModel(), ports)
  }
}

describe('a pair', () => {
  it('OB3: has each effect once and in order, whatever is lost, doubled, late or evicted', async () => {
    await fc.assert(
      fc.asyncProperty(weather, async (steps) => {
        const world = new Post()
        for (const store of [world.stores.a, world.stores.b]) migrate(store, 'an epoch', [])
        const effects = () => world.b.state.taken.get('a')?.list ?? []
        for (const step of steps) {
          world.run(step)
          await world.quiet()
          expect(effects()).toEqual(effects().map((_, i) => i + 1))
        }
        // When the weather clears, all of it arrives.
        const waiting = () => world.stores.a.exec('SELECT * FROM outbox').length
        for (let i = 0; i < 40 && waiting() > 0; i += 1) {
          world.run({ do: 'wait', ms: 61_000 })
          while (world.under.length > 0) {
            world.run({ do: 'deliver', which: 0 })
            await world.quiet()
          }
          world.a.decide(() => {})
        }
        expect(effects()).toEqual(Array.from({ length: world.sent }, (_, i) => i + 1))
        expect(waiting()).toBe(0)
        expect(world.errors).toEqual([])
        world.stores.a.close()
        world.stores.b.close()
      }),
      { numRuns: 150, seed: 1 },
    )
  })
})
