import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { begin, boardOf, type Folder, fold, logOf, merge, type Stream } from '../../../client/net/stream.ts'
import type { Event, ServerFrame } from '../../../core/protocol/frames.ts'

const Entry = z.object({ seq: z.int(), text: z.string() })
const Row = z.object({ key: z.string(), value: z.int() })
const Key = z.object({ key: z.string() })
const log = logOf(Entry)
const board = boardOf(Row)

const entry = (seq: number): Event => ({ seq, at: seq, name: 'entry', body: { seq, text: `#${seq}` } })
const welcome = (epoch: string, seq: number, snapshot?: Event[]): ServerFrame => ({
  t: 'welcome',
  v: 1,
  epoch,
  seq,
  now: 0,
  resumed: snapshot === undefined,
  ...(snapshot === undefined ? {} : { snapshot }),
})
const ev = (event: Event): ServerFrame => ({ t: 'ev', ...event })

function run<T>(folder: Folder<T>, frames: readonly ServerFrame[], from: Stream<T> = begin(folder)) {
  let stream = from
  let gaps = 0
  for (const frame of frames) {
    const folded = fold(folder, stream, frame)
    stream = folded.stream
    if (folded.gap) gaps++
  }
  return { stream, gaps }
}

describe('a log', () => {
  const start = run(log, [welcome('a', 2, [entry(1), entry(2)])]).stream

  it('begins with the snapshot and goes on by events', () => {
    const { stream, gaps } = run(log, [ev(entry(3)), ev(entry(4))], start)
    expect(stream.value.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(stream.position).toEqual({ epoch: 'a', seq: 4 })
    expect(gaps).toBe(0)
  })

  it('keeps its place at a gap, so that resuming brings what is missing', () => {
    const { stream, gaps } = run(log, [ev(entry(3)), ev(entry(5))], start)
    expect(stream.position?.seq).toBe(3)
    expect(gaps).toBe(1)
    const healed = run(log, [welcome('a', 5), { t: 'batch', evs: [entry(4), entry(5)] }], stream)
    expect(healed.stream.value.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    expect(healed.gaps).toBe(0)
  })

  it('is replaced by a snapshot of another epoch', () => {
    const { stream } = run(log, [welcome('b', 1, [entry(1)])], start)
    expect(stream).toEqual({ position: { epoch: 'b', seq: 1 }, value: [{ seq: 1, text: '#1' }] })
  })

  it('begins anew when it was resumed from what it does not have', () => {
    const { stream, gaps } = run(log, [welcome('b', 9)], start)
    expect(stream.position).toBeNull()
    expect(gaps).toBe(1)
  })

  it('passes over an entry that it does not understand, without a gap', () => {
    const strange: Event = { seq: 3, at: 0, name: 'entry', body: { seq: 3, novelty: true } }
    const { stream, gaps } = run(log, [ev(strange), ev(entry(4))], start)
    expect(stream.value.map(({ seq }) => seq)).toEqual([1, 2, 4])
    expect(gaps).toBe(0)
  })

  it('takes any repetition and any order of batches to the same end, resuming at each gap', () => {
    const sends = fc.array(fc.record({ from: fc.integer({ min: 1, max: 20 }), count: fc.integer({ min: 1, max: 8 }) }))
    fc.assert(
      fc.property(sends, (chosen) => {
        let stream = run(log, [welcome('a', 0, [])]).stream
        const send = (from: number, count: number) => {
          const evs = Array.from({ length: count }, (_, i) => entry(from + i)).filter(({ seq }) => seq <= 20)
          const result = run(log, [{ t: 'batch', evs }], stream)
          const contiguous = result.stream.value.every(({ seq }, i) => seq === i + 1)
          expect(contiguous).toBe(true)
          expect(result.stream.position?.seq).toBe(result.stream.value.length)
          stream = result.stream
        }
        for (const { from, count } of chosen) send(from, count)
        send((stream.position?.seq ?? 0) + 1, 20)
        expect(stream.value).toEqual(Array.from({ length: 20 }, (_, i) => ({ seq: i + 1, text: `#${i + 1}` })))
      }),
    )
  })
})

describe('older entries', () => {
  it('find their places among those that are there', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 50 }))
    fc.assert(
      fc.property(numbers, numbers, (some, more) => {
        const entries = (seqs: number[]) => seqs.toSorted((a, b) => a - b).map((seq) => ({ seq }))
        const merged = merge(entries(some), entries(more)).map(({ seq }) => seq)
        expect(merged).toEqual([...new Set([...some, ...more])].sort((a, b) => a - b))
      }),
    )
  })
})

describe('a board', () => {
  const change = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.option(fc.integer()) })

  /** The actor's side: the newest change of each key. */
  const since = (changes: readonly Event[], seq: number) => {
    const newest = new Map(changes.map((event) => [Key.parse(event.body).key, event]))
    return [...newest.values()].filter((event) => event.seq > seq).sort((a, b) => a.seq - b.seq)
  }
  const toEvents = (changes: readonly { key: string; value: number | null }[]) =>
    changes.map(({ key, value }, i): Event => {
      const seq = i + 1
      return value === null
        ? { seq, at: 0, name: 'del', body: { key } }
        : { seq, at: 0, name: 'put', body: { key, value } }
    })

  it('is the same after any cut as without one, though what was missed has holes', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), fc.nat(30), (changes, at) => {
        const events = toEvents(changes)
        const cut = Math.min(at, events.length)
        const whole = run(board, [welcome('a', 0, []), ...events.map(ev)])
        const before = run(board, [welcome('a', 0, []), ...events.slice(0, cut).map(ev)])
        const missed = since(events, cut)
        const after = run(board, [welcome('a', events.length), { t: 'batch', evs: missed }], before.stream)
        expect(after.gaps + whole.gaps).toBe(0)
        expect(new Map(after.stream.value)).toEqual(new Map(whole.stream.value))
        expect(after.stream.position).toEqual(whole.stream.position)
      }),
    )
  })

  it('sees a gap among live events', () => {
    const events = toEvents([
      { key: 'a', value: 1 },
      { key: 'b', value: 1 },
    ])
    expect(run(board, [welcome('a', 0, []), ...events.slice(1).map(ev)]).gaps).toBe(1)
  })
})
