/** Wire protocol v1 on the actor's side, frame by frame: WS1, WS4, WS6, WS8. */
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { MOST_SOCKETS_OF_ALL } from '../../core/engine/sessions.ts'
import { MAX_FRAME } from '../../core/protocol/link.ts'
import { FakeSocket, Harness } from '../support/harness.ts'
import { frame, greet, hello, open, welcomeOf } from '../support/raw-socket.ts'
import { type Hooks, say, type ToyState, toyModel, toyName, visitor } from '../support/toy.ts'

const make = (hooks: Hooks = {}) => new Harness(toyName('toy'), toyModel(hooks))
const write = (h: Harness<ToyState>, text: string) => h.actor.decide((state) => say(state, text, true))
const texts = (events: readonly { body: unknown }[]) => events.map(({ body }) => Object(body).text)

describe('hello', () => {
  it('WS1: is answered with the snapshot and the view', () => {
    const h = make()
    write(h, 'one')
    const socket = greet(h)
    expect(socket.frames.map(({ t }) => t).slice(0, 2)).toEqual(['welcome', 'view'])
    const welcome = welcomeOf(socket)
    expect(welcome).toMatchObject({ v: 1, seq: 1, resumed: false, now: h.now })
    expect(texts(welcome.snapshot ?? [])).toEqual(['one'])
  })

  it.each([
    { t: 'typing', on: true },
    { t: 'cmd', id: 'command-1', name: 'say', body: {} },
    { t: 'mark', delivered: 1, read: 1 },
  ])('WS1: comes first: $t before it closes', (body) => {
    const h = make()
    const socket = open(h)
    frame(h, socket, body)
    expect(socket.closed?.code).toBe(4400)
    expect(socket.frames).toMatchObject([{ t: 'error', error: { code: 'bad_input' } }])
    expect(h.state.log.head).toBe(0)
  })

  it('WS1: that does not come within 10 s closes, also after an eviction; who said it stays', () => {
    const h = make()
    const early = open(h)
    h.advance(4_000)
    const greeted = greet(h)
    const late = open(h)
    h.evict()
    h.advance(5_999)
    expect(early.closed).toBeNull()
    h.advance(1)
    expect(early.closed?.code).toBe(4408)
    expect(late.closed).toBeNull()
    h.advance(4_000)
    expect(late.closed?.code).toBe(4408)
    h.advance(60_000)
    expect(greeted.closed).toBeNull()
  })

  it('WS1: of another version closes with 4406', () => {
    const h = make()
    const socket = open(h)
    frame(h, socket, { ...hello(), v: 2 })
    expect(socket.closed?.code).toBe(4406)
    expect(socket.frames).toEqual([])
  })

  it('WS1: is known again after an eviction, with the socket', () => {
    const h = make()
    const socket = greet(h)
    h.evict()
    frame(h, socket, { t: 'cmd', id: 'command-1', name: 'say', body: {} })
    expect(socket.frames.filter(({ t }) => t === 'reply')).toHaveLength(1)
    expect(socket.closed).toBeNull()
  })
})

describe('a frame', () => {
  it.each([
    ['of an unknown kind', { t: 'dance' }, 't'],
    ['without a field', { t: 'typing' }, 'on'],
    ['with a field of another type', { t: 'mark', delivered: 'x', read: 0 }, 'delivered'],
    ['with a negative mark', { t: 'mark', delivered: 1, read: -1 }, 'read'],
  ])('WS4: %s gets an error that names the field', (_what, body, field) => {
    const h = make()
    const socket = greet(h)
    frame(h, socket, body)
    expect(socket.frames.at(-1)).toMatchObject({ t: 'error', error: { code: 'bad_input', field } })
    expect(socket.closed).toBeNull()
  })

  it('WS4: that is a command with an id is refused under it', () => {
    const h = make()
    const socket = greet(h)
    frame(h, socket, { t: 'cmd', id: 'command-1', name: 5, body: {} })
    expect(socket.frames.at(-1)).toMatchObject({ t: 'refused', id: 'command-1', error: { field: 'name' } })
    frame(h, socket, { t: 'cmd', id: 'x', name: 'say', body: {} })
    expect(socket.frames.at(-1)).toMatchObject({ t: 'error', error: { field: 'id' } })
    expect(socket.closed).toBeNull()
  })

  it.each(['', 'nonsense', '5', 'null', '[]', '"hello"', '{}', '{"hello":1}'])(
    'WS4: that is none closes with 4400: %s',
    (text) => {
      const h = make()
      const socket = greet(h)
      h.actor.frame(socket, text)
      expect(socket.closed?.code).toBe(4400)
    },
  )

  it('WS4: that is too long closes before anything is made of it; the longest there may be does not', () => {
    const h = make()
    const padded = (length: number) => {
      const short = JSON.stringify({ t: 'cmd', id: 'command-1', name: 'say', body: '' })
      return short.replace('""', JSON.stringify('x'.repeat(length - short.length)))
    }
    const socket = greet(h)
    h.actor.frame(socket, padded(MAX_FRAME))
    expect(socket.frames.at(-1)).toMatchObject({ t: 'reply' })
    h.actor.frame(socket, padded(MAX_FRAME + 1))
    expect(socket.closed?.code).toBe(4400)
    expect(socket.frames.at(-1)).toMatchObject({ t: 'error', error: { code: 'too_large' } })
  })

  it('WS4: never costs a client more than its socket, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const h = make()
          const socket = greet(h)
          h.actor.frame(socket, text)
          expect(h.errors).toEqual([])
          expect(h.state.log.head).toBe(0)
          h.store.close()
        },
      ),
      { numRuns: 100, seed: 1 },
    )
  })

  it('WS6: beyond 200 in 10 s is refused with slow_down, beyond 400 closes with 4429; another person goes on', () => {
    const h = make()
    const [socket, other] = [greet(h), greet(h, visitor('other'))]
    const count = () => h.state.log.head
    let id = 0
    const post = (from: FakeSocket, many: number) => {
      for (let i = 0; i < many; i += 1) frame(h, from, { t: 'cmd', id: `command-${++id}`, name: 'say', body: {} })
    }
    const type = (many: number) => {
      for (let i = 0; i < many; i += 1) frame(h, socket, { t: 'typing', on: true })
    }
    // Hello was the first.
    type(198)
    post(socket, 1)
    expect(count()).toBe(1)
    expect(socket.frames.some(({ t }) => t === 'error')).toBe(false)
    type(199)
    post(socket, 1)
    expect(count()).toBe(1)
    expect(socket.frames.filter(({ t }) => t === 'error')).toMatchObject([
      { error: { code: 'slow_down', retry: true } },
    ])
    expect(socket.closed).toBeNull()
    type(2)
    expect(socket.closed?.code).toBe(4429)
    post(other, 1)
    expect(count()).toBe(2)
    h.advance(10_000)
    post(greet(h), 1)
    expect(count()).toBe(3)
  })

  it('SC6: a socket that sends more than 20 commands in 5 s is closed with 4429; others of the same person go on', () => {
    const h = make()
    const [socket, other] = [greet(h), greet(h)]
    let id = 0
    const post = (from: FakeSocket, many: number) => {
      for (let i = 0; i < many; i += 1) frame(h, from, { t: 'cmd', id: `command-${++id}`, name: 'say', body: {} })
    }
    post(socket, 20)
    h.advance(5_000)
    post(socket, 20)
    expect(socket.closed).toBeNull()
    post(socket, 1)
    expect(socket.closed?.code).toBe(4429)
    expect(socket.frames.at(-1)).toMatchObject({ t: 'error', error: { code: 'slow_down', retry: true } })
    expect(h.state.log.head).toBe(40)
    post(other, 1)
    expect(h.state.log.head).toBe(41)
  })

  it('SC7: a person holds 16 sockets at one actor; one more closes the oldest with 4409', () => {
    const h = make()
    const first = greet(h)
    h.advance(1)
    const more = Array.from({ length: 15 }, () => greet(h))
    const other = greet(h, visitor('other'))
    expect(first.closed).toBeNull()
    greet(h)
    expect(first.closed?.code).toBe(4409)
    expect([...more, other].every(({ closed }) => closed === null)).toBe(true)
  })

  it('SC18: an actor has 4,096 sockets; who asks for one more is to come back, and those that are there stay', () => {
    const h = make()
    const first = greet(h)
    const others = Array.from(
      { length: MOST_SOCKETS_OF_ALL - 1 },
      (_, i) => new FakeSocket(`socket-${i}`, visitor(`person-${i}`), 'all', h.now),
    )
    h.sockets.push(...others)
    const there = [...h.sockets]
    expect(there).toHaveLength(4_096)
    const late = visitor('late')
    const before = h.store.exec('SELECT * FROM state')
    for (const again of [late, visitor('person-0')])
      expect(h.actor.seat(again)).toMatchObject({ ok: false, error: { code: 'slow_down', retry: true } })
    expect(h.store.exec('SELECT * FROM state')).toEqual(before)
    expect(there.every(({ closed }) => closed === null)).toBe(true)
    h.disconnect(first)
    expect(h.actor.seat(late)).toMatchObject({ ok: true })
  })

  it('WS6: counts a person, not a socket', () => {
    const h = make()
    for (let i = 0; i < 201; i += 1) greet(h)
    expect(h.sockets.at(-1)?.frames).toMatchObject([{ t: 'error', error: { code: 'slow_down' } }])
  })

  it('WS8: that meets a bug is answered in general words, closes with 4500, and is logged', () => {
    const h = make()
    const socket = greet(h)
    frame(h, socket, { t: 'cmd', id: 'command-1', name: 'fail', body: {} })
    expect(socket.frames.at(-1)).toEqual({
      t: 'error',
      error: { code: 'internal', message: 'this went wrong on our side', retry: true },
    })
    expect(socket.closed?.code).toBe(4500)
    expect(JSON.stringify([socket.frames, socket.closed])).not.toContain('secret')
    expect(h.errors).toMatchObject([{ message: 'a bug with a secret in it' }])
  })

  it('WS8: that meets a broken storage changes nothing and is answered the same', () => {
    const h = make()
    const socket = greet(h)
    vi.spyOn(h.store, 'transaction').mockImplementationOnce(() => {
      throw new Error('disk I/O error')
    })
    frame(h, socket, { t: 'cmd', id: 'command-1', name: 'say', body: {} })
    expect(socket.closed?.code).toBe(4500)
    expect(JSON.stringify([socket.frames, socket.closed])).not.toContain('disk')
    expect(h.state.log.head).toBe(0)
    const again = greet(h)
    frame(h, again, { t: 'cmd', id: 'command-1', name: 'say', body: {} })
    expect(again.frames.at(-1)).toMatchObject({ t: 'reply' })
  })
})
