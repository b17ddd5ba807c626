/** The numbered streams of an actor, cut and resumed: WS2, WS3. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { begin, boardOf, type Folder, fold, logOf, type Stream } from '../../client/net/stream.ts'
import type { Principal } from '../../core/protocol/principal.ts'
import { type FakeSocket, Harness, staff } from '../support/harness.ts'
import { frame, greet, mia, open, welcomeOf } from '../support/raw-socket.ts'
import { row, say, type ToyState, toyModel, toyName } from '../support/toy.ts'

type H = Harness<ToyState>
const make = () => new Harness(toyName('toy'), toyModel())
const sam = staff('sam', 'supervisor')
const write = (h: H, text: string, isPublic = true) => h.actor.decide((state) => say(state, text, isPublic))
const put = (h: H, key: string, n: number) => h.actor.decide((state, turn) => state.board.put(turn.now, row(key, n)))
const del = (h: H, key: string) => h.actor.decide((state, turn) => state.board.delete(turn.now, key))

const texts = (events: readonly { body: unknown }[]) => events.map(({ body }) => Object(body).text)

describe('a resume', () => {
  it('WS2: in the same epoch gets exactly what it missed, in order, in batches of a hundred', () => {
    const h = make()
    write(h, 'one')
    const { epoch } = welcomeOf(greet(h))
    for (let n = 2; n <= 251; n += 1) write(h, `${n}`)
    h.evict()
    const socket = greet(h, mia, { epoch, seq: 1 })
    expect(welcomeOf(socket)).toMatchObject({ resumed: true, seq: 251 })
    expect(welcomeOf(socket).snapshot).toBeUndefined()
    const batches = socket.frames.flatMap((each) => (each.t === 'batch' ? [each.evs] : []))
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50])
    expect(batches.flat().map(({ seq }) => seq)).toEqual(Array.from({ length: 250 }, (_, i) => i + 2))
  })

  it('WS2: that missed nothing gets nothing', () => {
    const h = make()
    write(h, 'one')
    const { epoch } = welcomeOf(greet(h))
    const socket = greet(h, mia, { epoch, seq: 1 })
    expect(socket.frames.map(({ t }) => t)).not.toContain('batch')
    expect(welcomeOf(socket).resumed).toBe(true)
  })

  it.each([
    ['of another epoch', (epoch: string) => ({ epoch: `${epoch}x`, seq: 1 })],
    ['of what has not been yet', (epoch: string) => ({ epoch, seq: 99 })],
  ])('WS2: %s gets a fresh snapshot', (_what, from) => {
    const h = make()
    write(h, 'one')
    const { epoch } = welcomeOf(greet(h))
    expect(welcomeOf(greet(h, mia, from(epoch)))).toMatchObject({ resumed: false, seq: 1, snapshot: [{ seq: 1 }] })
  })

  it('WS2: of a stream counts that stream: what is private has no number for the public', () => {
    const h = make()
    const { epoch } = welcomeOf(greet(h))
    write(h, 'one')
    write(h, 'private', false)
    write(h, 'two')
    const socket = greet(h, mia, { epoch, seq: 1 })
    expect(socket.frames.flatMap((each) => (each.t === 'batch' ? texts(each.evs) : []))).toEqual(['two'])
    const agents = greet(h, staff('ada'), { epoch, seq: 1 })
    expect(agents.frames.flatMap((each) => (each.t === 'batch' ? texts(each.evs) : []))).toEqual(['private', 'two'])
    expect(JSON.stringify(socket.frames)).not.toContain('private')
  })

  it('WS2: of a board gets the rows that differ, in the order they changed, with tombstones', () => {
    const h = make()
    put(h, 'a', 1)
    put(h, 'b', 1)
    put(h, 'c', 1)
    const { epoch } = welcomeOf(greet(h, sam))
    put(h, 'a', 2)
    del(h, 'b')
    put(h, 'a', 3)
    put(h, 'd', 1)
    del(h, 'd')
    h.evict()
    const socket = greet(h, sam, { epoch, seq: 3 })
    expect(welcomeOf(socket)).toMatchObject({ resumed: true, seq: 8 })
    const events = socket.frames.flatMap((each) => (each.t === 'batch' ? each.evs : []))
    expect(events).toMatchObject([
      { seq: 5, name: 'del', body: { key: 'b' } },
      { seq: 6, name: 'put', body: { key: 'a', n: 3 } },
      { seq: 8, name: 'del', body: { key: 'd' } },
    ])
  })

  it('WS2: of a board from before the tombstones that were dropped gets a snapshot', () => {
    const h = make()
    put(h, 'gone', 1)
    const { epoch } = welcomeOf(greet(h, sam))
    del(h, 'gone')
    for (let n = 3; n <= 2_000; n += 1) put(h, 'a', n)
    expect(welcomeOf(greet(h, sam, { epoch, seq: 1 }))).toMatchObject({ resumed: false, snapshot: [{ seq: 2_000 }] })
    expect(welcomeOf(greet(h, sam, { epoch, seq: 1_000 })).resumed).toBe(true)
    h.evict()
    expect(welcomeOf(greet(h, sam, { epoch, seq: 999 })).resumed).toBe(false)
    expect(h.state.board.head).toBe(2_000)
  })

  it('WS3: of a board whose row was put as it was costs no event', () => {
    const h = make()
    put(h, 'a', 1)
    const socket = greet(h, sam)
    const before = socket.frames.length
    put(h, 'a', 1)
    h.evict()
    put(h, 'a', 1)
    del(h, 'never')
    expect(socket.frames.slice(before).filter(({ t }) => t === 'ev')).toEqual([])
    expect(h.state.board.head).toBe(1)
  })
})

describe('a stream', () => {
  it('WS3: tells each audience its own events, in order, and the view when it has changed', () => {
    const h = make()
    const [customer, agent, board] = [greet(h), greet(h, staff('ada')), greet(h, sam)]
    const seen = (socket: FakeSocket) => socket.frames.flatMap((each) => (each.t === 'ev' ? [each.seq] : []))
    write(h, 'one')
    write(h, 'private', false)
    put(h, 'a', 1)
    const views = (socket: FakeSocket) => socket.frames.filter(({ t }) => t === 'view').length
    const before = views(customer)
    frame(h, customer, { t: 'cmd', id: 'command-1', name: 'say', body: {} })
    expect([seen(customer), seen(agent), seen(board)]).toEqual([[1, 2], [1, 2, 3], [1]])
    expect(views(customer)).toBe(before + 1)
    expect(customer.frames.filter(({ t }) => t === 'view').at(-1)).toEqual({ t: 'view', body: { total: 1 } })
    write(h, 'no change of the view')
    expect(views(customer)).toBe(before + 1)
  })

  it('WS3: tells nothing to who has not said hello', () => {
    const h = make()
    const silent = open(h)
    write(h, 'one')
    expect(silent.frames).toEqual([])
  })

  it('WS3: has its event before the answer to the command that made it', () => {
    const h = make()
    const socket = greet(h)
    const before = socket.frames.length
    frame(h, socket, { t: 'cmd', id: 'command-1', name: 'say', body: {} })
    expect(socket.frames.slice(before).map(({ t }) => t)).toEqual(['ev', 'view', 'reply'])
  })

  it('WS3: tells typing to the others of its audience only, and keeps it nowhere', () => {
    const h = make()
    const [one, two, ada] = [greet(h), greet(h), greet(h, staff('ada'))]
    h.store.takeWrites()
    frame(h, one, { t: 'typing', on: true })
    const heard = [one, two, ada].map(({ frames }) => frames.filter(({ t }) => t === 'eph').length)
    expect(heard).toEqual([0, 1, 0])
    expect(h.store.takeWrites()).toBe(0)
  })

  const Text = z.object({ seq: z.int(), text: z.string() })
  const Row = z.object({ key: z.string(), n: z.number() })

  /** What may happen to an actor and to a client with a bad line. `lose`: this many of the last frames never arrive. */
  const doings = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ do: fc.constant('write' as const), many: fc.integer({ min: 1, max: 120 }) }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('private' as const) }) },
      { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), key: fc.constantFrom('a', 'b', 'c') }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('del' as const), key: fc.constantFrom('a', 'b', 'c') }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('reconnect' as const), lose: fc.nat(4) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('away' as const) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('evict' as const) }) },
    ),
    { maxLength: 40 },
  )

  /** A client of the real code, that takes a socket's frames when the test lets it. */
  class Client<T> {
    stream: Stream<T>
    gaps = 0
    #socket: FakeSocket | null = null
    #read = 0
    readonly #folder: Folder<T>
    readonly #h: H
    readonly #by: Principal

    constructor(h: H, by: Principal, folder: Folder<T>) {
      this.#h = h
      this.#by = by
      this.#folder = folder
      this.stream = begin(folder)
    }

    connect(): void {
      if (this.#socket !== null) return
      this.#socket = greet(this.#h, this.#by, this.stream.position ?? undefined)
      this.#read = 0
    }

    read(butLast = 0): void {
      const frames = this.#socket?.frames ?? []
      for (; this.#read < frames.length - butLast; this.#read += 1) {
        const next = frames[this.#read]
        if (next === undefined) return
        const { stream, gap } = fold(this.#folder, this.stream, next)
        this.stream = stream
        if (gap) this.gaps += 1
      }
    }

    leave(lose: number): void {
      this.read(lose)
      if (this.#socket !== null) this.#h.disconnect(this.#socket)
      this.#socket = null
    }
  }

  it('WS2, WS3: is gapless for every client that folds it, however it is cut, resumed and evicted', () => {
    fc.assert(
      fc.property(doings, (steps) => {
        const h = make()
        const log = new Client(h, mia, logOf(Text))
        const all = new Client(h, staff('ada'), logOf(Text))
        const board = new Client(h, sam, boardOf(Row))
        const clients = [log, all, board]
        for (const client of clients) client.connect()
        const written: string[] = []
        const rows = new Map<string, number>()
        let n = 0
        for (const step of steps) {
          switch (step.do) {
            case 'write':
              for (let i = 0; i < step.many; i += 1) {
                written.push(`${++n}`)
                write(h, `${n}`)
              }
              break
            case 'private':
              write(h, 'private', false)
              break
            case 'put':
              rows.set(step.key, ++n)
              put(h, step.key, n)
              break
            case 'del':
              rows.delete(step.key)
              del(h, step.key)
              break
            case 'reconnect':
              for (const client of clients) client.leave(step.lose)
              for (const client of clients) client.connect()
              break
            case 'away':
              for (const client of clients) client.leave(0)
              break
            case 'fail':
              try {
                h.actor.decide((state, turn) => {
                  say(state, 'never', true)
                  state.board.put(turn.now, row('a', -1))
                  throw new Error('no')
                })
              } catch {}
              break
            case 'evict':
              h.evict()
          }
          // Somebody who never reads until the end sees the same as somebody who reads at once.
          if (step.do !== 'write') for (const client of clients) client.read()
        }
        for (const client of clients) client.connect()
        for (const client of clients) client.read()
        // A first snapshot holds the last fifty; whoever was there from the start has all.
        const has = log.stream.value.map(({ text }) => text)
        expect(has).toEqual(written.slice(written.length - has.length))
        expect(log.stream.value.map(({ seq }) => seq)).toEqual(has.map((_, i) => written.length - has.length + i + 1))
        expect(all.stream.value.map(({ seq }) => seq)).toEqual(
          all.stream.value.map((_, i) => h.state.log.head - all.stream.value.length + i + 1),
        )
        expect(Object.fromEntries([...board.stream.value].map(([key, value]) => [key, value.n]))).toEqual(
          Object.fromEntries(rows),
        )
        expect(clients.map(({ gaps }) => gaps)).toEqual([0, 0, 0])
        expect(JSON.stringify(log.stream.value)).not.toMatch(/private|never/)
        h.store.close()
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})
