/** What an actor reports of itself: OB9. */
import { describe, expect, it } from 'vitest'
import type { WorldItem } from '../../core/engine/ports.ts'
import type { TroubleRecord } from '../../core/protocol/projection.ts'
import { Harness } from '../support/harness.ts'
import { post, say, type ToyState, toyModel, toyName } from '../support/toy.ts'

const [a, b, c] = [toyName('a'), toyName('b'), toyName('c')]
const hour = 3_600_000
const make = () => new Harness(a, toyModel())

const recordsOf = ({ body }: WorldItem): TroubleRecord[] => Object(body).records ?? []
const reports = (h: Harness<ToyState>) =>
  h.link.items.flatMap(recordsOf).map(({ version, peers, parked }) => ({
    version,
    peers: peers.map(({ peer }) => peer),
    parked: parked.map(({ kind }) => kind),
  }))

/** Lets time pass in small steps, so that answers are heard in between. */
async function pass(h: Harness<ToyState>, ms: number, step = 500) {
  for (let left = ms; left > 0; left -= step) {
    h.advance(Math.min(step, left))
    await h.sent()
  }
}

/** The record takes no news of this actor; its reports only when `takes` says so. */
function parking(h: Harness<ToyState>, takes = () => true) {
  h.link.toWorld = async (items) => {
    if (items.some((item) => recordsOf(item).length === 0) || !takes()) throw new Error('the record is away')
    h.link.items.push(...items)
  }
}

const sendTo = (h: Harness<ToyState>, ...to: (typeof a)[]) =>
  h.actor.decide((_state, turn) => {
    for (const each of to) post(turn, each, 1)
  })

describe('an actor that reaches another one no more', () => {
  it('OB9: reports it after ten tries, once, and once that all is well', async () => {
    const h = make()
    h.link.down.add(b)
    sendTo(h, b, c)
    const began = h.now
    await pass(h, 240_000, 10_000)
    expect(reports(h)).toEqual([])
    await pass(h, 2 * hour, 5_000)
    expect(reports(h)).toEqual([{ version: 1, peers: [b], parked: [] }])
    const [report] = h.link.items.flatMap(recordsOf)
    expect(report).toMatchObject({ type: 'trouble', org: 'acme', actor: a })
    expect(report?.peers).toEqual([{ peer: b, waiting: 1, attempts: 10, since: began, error: 'Error: down' }])
    h.link.down.clear()
    await pass(h, 120_000, 5_000)
    expect(reports(h).slice(1)).toEqual([{ version: 2, peers: [], parked: [] }])
    expect(h.actor.stuck().peers).toEqual([])
    expect(h.clock.wakeAt).toBeNull()
  })

  it('OB9: costs a healthy actor nothing', async () => {
    const h = make()
    sendTo(h, b)
    await pass(h, 10_000)
    h.store.takeWrites()
    sendTo(h, b)
    await h.sent()
    // The message and its receiver.
    expect(h.store.takeWrites()).toBe(2)
    expect(reports(h)).toEqual([])
  })

  it('OB9: reports each change, and names no more receivers than a message holds', async () => {
    const h = make()
    const all = Array.from({ length: 60 }, (_, i) => toyName(`peer-${i}`))
    for (const each of [...all, b]) h.link.down.add(each)
    sendTo(h, b)
    await pass(h, hour, 10_000)
    sendTo(h, ...all)
    await pass(h, hour, 10_000)
    const [first, second, ...more] = reports(h)
    expect([first, more]).toEqual([{ version: 1, peers: [b], parked: [] }, []])
    expect([second?.version, second?.peers.length]).toEqual([2, 50])
  })

  it('OB9: tells again what was reported, when somebody has it replayed', async () => {
    const h = make()
    expect(h.actor.replay()).toBe(0)
    await pass(h, 2_000)
    expect(reports(h)).toEqual([{ version: 1, peers: [], parked: [] }])
  })
})

describe('an actor that the record takes nothing of', () => {
  it('OB9: reports that it has parked its news, by a way of its own', async () => {
    const h = make()
    parking(h)
    h.actor.decide((state) => say(state, 'one', true))
    await pass(h, 2 * hour, 30_000)
    expect(reports(h)).toEqual([{ version: 1, peers: [], parked: ['projection'] }])
    h.evict()
    h.link.toWorld = async (items) => void h.link.items.push(...items)
    expect(h.actor.replay()).toBe(1)
    await pass(h, 10_000)
    expect(reports(h).at(-1)).toMatchObject({ peers: [], parked: [] })
    expect(reports(h).at(-1)?.version).toBeGreaterThan(1)
  })

  it('OB9: tries for ever to report, also in another life, and then says how it stands', async () => {
    const h = make()
    let isBack = false
    parking(h, () => isBack)
    h.link.down.add(b)
    h.actor.decide((state) => say(state, 'one', true))
    sendTo(h, b)
    await pass(h, 24 * hour, 60_000)
    h.evict()
    h.link.down.clear()
    await pass(h, hour, 60_000)
    expect(reports(h)).toEqual([])
    isBack = true
    await pass(h, hour, 60_000)
    const told = reports(h)
    expect(told.at(-1)).toMatchObject({ peers: [], parked: ['projection'] })
    expect(new Set(told.map((each) => each.version)).size).toBe(1)
  })
})
