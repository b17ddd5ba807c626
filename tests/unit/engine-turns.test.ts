/** One event is one turn: OB1, OB2, OB5, OB7, OB8 of the engine, on a small model. */
import { describe, expect, it, vi } from 'vitest'
import { Actor } from '../../core/engine/actor.ts'
import type { Migration } from '../../core/engine/migrations.ts'
import type { Turn } from '../../core/engine/model.ts'
import { ok, refuse } from '../../core/result.ts'
import { conversation, Harness, staff } from '../support/harness.ts'
import type { MemoryStore } from '../support/store.ts'
import { type Hooks, post, row, say, type ToyState, toyModel, toyName, visitor } from '../support/toy.ts'

const other = toyName('other')
const make = (hooks: Hooks = {}) => new Harness(toyName('toy'), toyModel(hooks))

function dump(store: MemoryStore) {
  const tables = store.exec("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
  return tables.map(({ name }) => [name, store.exec(`SELECT * FROM ${name}`)])
}

/** Touches every part of the state. */
function everything(state: ToyState, turn: Turn): void {
  state.total.set({ n: 99 })
  state.rows.put('a', { n: 99 })
  state.rows.put('new', { n: 99 })
  state.rows.delete('b')
  say(state, 'public', true)
  say(state, 'private', false)
  state.board.put(turn.now, row('a', 99))
  state.board.put(turn.now, row('new', 99))
  state.board.delete(turn.now, 'b')
  post(turn, other, 99)
  post(turn, toyName('third'), 99)
  turn.deadline('later', turn.now + 99)
  turn.deadline('before', null)
}

/** All that memory shows of an actor. */
function memory({ actor, clock }: Harness<ToyState>) {
  const { total, rows, log, board } = actor.state
  return structuredClone({
    total: total.get(),
    rows: rows.entries(),
    size: rows.size,
    heads: [log.head, log.publicHead, board.head],
    entries: [log.after(0, 100), log.fresh, log.publicAfter(0, 100)],
    board: [board.keys(), board.snapshot(), board.fresh, board.since(0)],
    stuck: actor.stuck(),
    wake: clock.wakeAt,
  })
}

/** Some life, so that there is something to lose. */
async function lived(hooks: Hooks = {}) {
  const h = make(hooks)
  h.link.down.add(other)
  h.actor.decide((state, turn) => {
    state.rows.put('a', { n: 1 })
    state.rows.put('b', { n: 2 })
    say(state, 'first', true)
    state.board.put(turn.now, row('a', 1))
    state.board.put(turn.now, row('b', 2))
    post(turn, other, 1)
    turn.deadline('before', turn.now + 10_000)
  })
  await h.sent()
  return h
}

describe('a turn', () => {
  it.each([
    [
      'the handler',
      (h: Harness<ToyState>) =>
        h.actor.decide((state, turn) => {
          everything(state, turn)
          throw new Error('no')
        }),
    ],
    [
      'the settling',
      (h: Harness<ToyState>) =>
        h.actor.decide((state, turn) => {
          everything(state, turn)
          // Read by the hook below.
          state.rows.put('settle', { n: -1 })
        }),
    ],
    [
      'the storage',
      (h: Harness<ToyState>) => {
        const real = h.store.transaction.bind(h.store)
        vi.spyOn(h.store, 'transaction').mockImplementationOnce((work) =>
          real(() => {
            work()
            throw new Error('no')
          }),
        )
        h.actor.decide(everything)
      },
    ],
  ])('OB1, OB2: leaves no trace in storage, memory or on any line when %s throws', async (_what, fail) => {
    const h = await lived({
      settle: (state) => {
        if (state.rows.get('settle') !== undefined) throw new Error('no')
      },
    })
    const [customer, board] = [h.connect(visitor('u1')), h.connect(staff('sam', 'supervisor'))]
    const before = { storage: dump(h.store), memory: memory(h), frames: [customer.frames.length, board.frames.length] }
    expect(() => fail(h)).toThrow('no')
    expect({
      storage: dump(h.store),
      memory: memory(h),
      frames: [customer.frames.length, board.frames.length],
    }).toEqual(before)
    expect(await h.sent()).toEqual([])
    // And the next turn is none the worse for it.
    h.link.down.clear()
    h.actor.decide((state, turn) => {
      say(state, 'second', true)
      state.board.put(turn.now, row('c', 3))
      post(turn, other, 2)
    })
    expect(customer.frames.at(-1)).toMatchObject({ t: 'ev', seq: 2, body: { text: 'second' } })
    expect(board.frames.at(-1)).toMatchObject({ t: 'ev', seq: 3, body: { key: 'c' } })
    expect((await h.sent()).map(({ message }) => message)).toMatchObject([{ place: 1 }, { place: 2 }])
  })

  it('OB1: writes all it changed in one transaction', async () => {
    const h = await lived()
    const transactions = vi.spyOn(h.store, 'transaction')
    h.actor.decide(everything)
    expect(transactions).toHaveBeenCalledTimes(1)
    h.evict()
    expect(memory(h)).toMatchObject({ total: { n: 99 }, heads: [3, 2, 5] })
    expect(h.state.rows.keys().sort()).toEqual(['a', 'new'])
  })

  it('OB1: does not wait: a handler that returns a promise changes nothing', () => {
    const h = make()
    const waiting = async (state: ToyState) => {
      state.total.set({ n: 1 })
    }
    expect(() => h.actor.decide(waiting)).toThrow('must not wait')
    expect(h.state.total.get().n).toBe(0)
  })

  it('OB2: speaks after the commit, not before', async () => {
    const h = make()
    const customer = h.connect(visitor('u1'))
    const heard: string[] = []
    const real = h.store.transaction.bind(h.store)
    vi.spyOn(h.store, 'transaction').mockImplementation((work) => {
      const answer = real(work)
      heard.push('commit')
      return answer
    })
    vi.spyOn(customer, 'send').mockImplementation((text) => heard.push(JSON.parse(text).t) && undefined)
    const sends = vi.spyOn(h.link, 'toActor').mockImplementation(async () => heard.push('packet') && 1)
    h.actor.decide((state, turn) => {
      say(state, 'x', true)
      post(turn, other, 1)
    })
    expect(sends).toHaveBeenCalled()
    expect(heard).toEqual(['commit', 'ev', 'view', 'packet'].filter((what) => heard.includes(what)))
    expect(heard.slice(0, 2)).toEqual(['commit', 'ev'])
  })

  it('OB2: is not undone by a socket, a stream or a link that throws while it is announced', async () => {
    const h = make()
    const customer = h.connect(visitor('u1'))
    vi.spyOn(customer, 'send').mockImplementation(() => {
      throw new Error('broken')
    })
    const result = h.command(visitor('u1'), 'say', {})
    expect(result.ok).toBe(true)
    expect(h.errors).toHaveLength(1)
    vi.spyOn(h.link, 'toActor').mockImplementationOnce(() => {
      throw new Error('no such stub')
    })
    h.actor.decide((_state, turn) => post(turn, other, 7))
    expect(h.errors).toHaveLength(2)
    h.advance(60_000)
    expect((await h.sent()).map(({ message }) => message)).toMatchObject([{ place: 7 }])
  })
})

describe('a command', () => {
  const say1 = { id: 'command-1', name: 'say', body: {} }

  it('OB5: that is repeated gets the first answer and changes nothing, also after an eviction', () => {
    const h = make()
    const first = h.actor.command(visitor('u1'), say1)
    expect(first).toMatchObject({ ok: true, value: { n: 1 } })
    h.clock.time += 5_000
    expect(h.actor.command(visitor('u1'), say1)).toEqual(first)
    h.evict()
    expect(h.actor.command(visitor('u1'), say1)).toEqual(first)
    expect(h.state.log.head).toBe(1)
  })

  it('OB5: belongs to its sender: another one may use the same id', () => {
    const h = make()
    h.actor.command(visitor('u1'), say1)
    expect(h.actor.command(visitor('u2'), say1)).toMatchObject({ value: { n: 2 } })
    expect(h.actor.command(staff('u1'), say1)).toMatchObject({ value: { n: 3 } })
  })

  it('OB5: is remembered for a day at least, and forgotten in the end', async () => {
    const h = make()
    const day = 24 * 3_600_000
    const first = h.actor.command(visitor('u1'), say1)
    h.advance(2_000)
    await h.sent()
    h.advance(day - 2_001)
    expect(h.actor.command(visitor('u1'), say1)).toEqual(first)
    h.advance(2 * day)
    h.actor.command(visitor('u1'), { ...say1, id: 'command-2' })
    h.advance(2 * day)
    expect(h.store.exec('SELECT id FROM commands')).toEqual([{ id: 'command-2' }])
  })

  it('OB5: brought along by the shell gets its first answer; a refusal is not remembered', () => {
    const h = make()
    const work = vi.fn((state: ToyState) => {
      state.total.set({ n: state.total.get().n + 1 })
      return ok(state.total.get().n)
    })
    expect(h.actor.once('olga', 'key-1', work)).toEqual(ok(1))
    expect(h.actor.once('olga', 'key-1', work)).toEqual(ok(1))
    expect(h.actor.once('otto', 'key-1', work)).toEqual(ok(2))
    expect(h.actor.once('olga', 'key-2', () => refuse('conflict', 'not now'))).toMatchObject({ ok: false })
    expect(h.actor.once('olga', 'key-2', work)).toEqual(ok(3))
    expect(work).toHaveBeenCalledTimes(3)
  })

  it('OB5: whose turn throws is not remembered: the same one may succeed later', () => {
    let broken = true
    const h = make({
      settle: () => {
        if (broken) throw new Error('no')
      },
    })
    expect(() => h.actor.command(visitor('u1'), say1)).toThrow('no')
    broken = false
    expect(h.actor.command(visitor('u1'), say1)).toMatchObject({ value: { n: 1 } })
  })

  it('OB5: of a stranger is refused before anything else', () => {
    const h = make()
    const stranger = { ...visitor('u1'), org: 'birch' }
    expect(h.actor.command(stranger, say1)).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(h.store.exec('SELECT name FROM sqlite_master')).toEqual([])
  })

  it('OB12: that an actor nobody began refuses, and every question, leaves its storage empty; the first turn that changes something makes the tables', () => {
    const h = make()
    h.actor.decide(() => {})
    h.actor.stuck()
    h.actor.alarm()
    h.evict()
    expect(h.actor.retell()).toBe(false)
    expect(h.store.exec('SELECT name FROM sqlite_master')).toEqual([])
    const epoch = h.actor.epoch
    expect(h.command(visitor('u1'), 'say', {})).toMatchObject({ ok: true })
    expect(h.actor.epoch).toBe(epoch)
    h.evict()
    expect(h.actor.epoch).toBe(epoch)
  })

  it('OB12: makes the tables with the first turn that succeeds; one that fails leaves none', () => {
    const h = make()
    const whole = h.store.transaction.bind(h.store)
    h.store.transaction = (work) =>
      whole(() => {
        work()
        throw new Error('no room')
      })
    expect(() => h.command(visitor('u1'), 'say', {})).toThrow('no room')
    expect(h.store.exec('SELECT name FROM sqlite_master')).toEqual([])
    h.store.transaction = whole
    expect(h.command(visitor('u1'), 'say', {})).toMatchObject({ ok: true })
  })
})

describe('an eviction', () => {
  it('OB7: between any two events changes nothing of what an actor does', async () => {
    const events: ((h: Harness<ToyState>) => void)[] = [
      (h) => h.connect(visitor('u1')),
      (h) => h.command(visitor('u1'), 'say', {}),
      (h) => h.actor.decide(everything),
      (h) => h.receive(other, { type: 'succeeded', next: conversation('x') }),
      (h) => h.advance(500),
      (h) => h.command(visitor('u2'), 'say', {}),
      (h) => h.advance(700),
      (h) => h.link.down.clear(),
      (h) => h.advance(30_000),
      (h) => h.actor.decide((state, turn) => state.board.delete(turn.now, 'a')),
    ]
    const live = async (evicting: boolean) => {
      const h = make()
      h.link.down.add(other)
      const sent = []
      for (const event of events) {
        event(h)
        sent.push(...(await h.sent()))
        if (evicting) h.evict()
      }
      // The record's share comes in other portions: since when news are collected is memory. What a life has told
      // shortly before its end comes again.
      for (let i = 0; i < 5; i += 1) {
        h.advance(2_000)
        await h.sent()
      }
      const { wake: _varies, ...seen } = memory(h)
      const told = [...new Set(h.link.items.map(({ body }) => JSON.stringify(body)))]
      return { seen, sent, told, frames: h.sockets.map((socket) => socket.frames), errors: h.errors }
    }
    const [resident, evicted] = [await live(false), await live(true)]
    expect(evicted.seen).toEqual(resident.seen)
    expect(evicted.sent).toEqual(resident.sent)
    expect(evicted.told).toEqual(resident.told)
    expect(evicted.errors).toEqual([])
    const numbered = (frames: typeof evicted.frames) => frames.map((list) => list.filter(({ t }) => t === 'ev'))
    expect(numbered(evicted.frames)).toEqual(numbered(resident.frames))
  })
})

describe('a storage', () => {
  const step = (number: number, sql: string): Migration => ({ number, up: (store) => void store.exec(sql) })
  const one = step(1, 'CREATE TABLE mine (x INTEGER)')
  const two = step(2, 'ALTER TABLE mine ADD COLUMN y INTEGER')

  it('OB8: is brought up to date by the steps it lacks, each once', () => {
    const h = make({ migrations: [one] })
    h.actor.decide((state) => state.total.set({ n: 5 }))
    h.store.exec('INSERT INTO mine VALUES (1)')
    const ports = { store: h.store, link: h.link, clock: h.clock, sockets: { all: () => [] }, report: () => {} }
    for (let lives = 0; lives < 2; lives += 1) {
      const actor = new Actor(toyName('toy'), toyModel({ migrations: [one, two] }), ports)
      expect(actor.state.total.get().n).toBe(5)
    }
    expect(h.store.exec('SELECT * FROM mine')).toEqual([{ x: 1, y: null }])
  })

  it('OB8: is left as it was by a step that fails', () => {
    const h = make({ migrations: [one] })
    h.command(visitor('u1'), 'say', {})
    const broken: Migration = {
      number: 2,
      up(store) {
        store.exec('CREATE TABLE half (x INTEGER)')
        throw new Error('no')
      },
    }
    const ports = { store: h.store, link: h.link, clock: h.clock, sockets: { all: () => [] }, report: () => {} }
    expect(() => new Actor(toyName('toy'), toyModel({ migrations: [one, broken] }), ports)).toThrow('no')
    expect(() => h.store.exec('SELECT * FROM half')).toThrow()
    expect(new Actor(toyName('toy'), toyModel({ migrations: [one, two] }), ports)).toBeDefined()
  })

  it.each(['model', 'engine'])('OB8: that is newer than the program is refused, as told by its %s', (owner) => {
    const h = make()
    h.command(visitor('u1'), 'say', {})
    h.store.exec('INSERT INTO migrations (owner, number) VALUES (?, 99)', owner)
    expect(() => h.evict()).toThrow(`${owner} migration 99`)
  })

  it('OB7: keeps its epoch for life', () => {
    const h = make()
    const epoch = () => {
      const socket = h.connect(visitor('u1'))
      const [welcome] = socket.frames
      return welcome?.t === 'welcome' ? welcome.epoch : null
    }
    const first = epoch()
    h.evict()
    expect(epoch()).toBe(first)
    expect(first).not.toBeNull()
  })
})
