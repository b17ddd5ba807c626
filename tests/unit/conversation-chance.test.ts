/** Whatever happens to a conversation, in whatever order: CV1, CV3 to CV6, CV10 to CV12 hold after every event. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begin, fold, logOf } from '../../client/net/stream.ts'
import { isOpen } from '../../core/conversation/state.ts'
import { PublicEntry, PublicView, StaffView } from '../../core/protocol/conversation.ts'
import { staff } from '../support/harness.ts'
import { customer, type PlanInput, Talk } from '../support/talk.ts'

const plan: PlanInput = {
  name: 'Overflow',
  steps: [
    { after: 0, queues: [{ queue: 'sales' }] },
    { after: 20_000, queues: [{ queue: 'sales' }, { queue: 'care' }], raise: 1 },
    { after: 40_000, queues: [{ queue: 'care' }] },
  ],
  fallback: { after: 60_000, notice: 'Nobody' },
}

const who = fc.constantFrom('ada', 'ben', 'eve')
const via = fc.constantFrom('sales', 'care', 'billing')
/** Mostly the present lease or stay, now and then an old one or one that never was. */
const back = fc.constantFrom(0, 0, 0, 0, 1, 2, -1)
const of = <T extends string>(name: T) => fc.constant(name)

const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: of('say') }) },
  { weight: 6, arbitrary: fc.record({ do: of('claim'), who, via, back, auto: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: of('accept'), who, back }) },
  { weight: 3, arbitrary: fc.record({ do: of('decline'), who, back }) },
  { weight: 2, arbitrary: fc.record({ do: of('lose'), who, back }) },
  { weight: 2, arbitrary: fc.record({ do: of('post'), who }) },
  { weight: 1, arbitrary: fc.record({ do: of('close'), who }) },
  { weight: 3, arbitrary: fc.record({ do: of('transfer'), who, via, warm: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: of('assign'), who, force: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: of('leave') }) },
  { weight: 2, arbitrary: fc.record({ do: of('mark'), read: fc.nat(40), delivered: fc.nat(40) }) },
  { weight: 6, arbitrary: fc.record({ do: of('wait'), ms: fc.integer({ min: 1, max: 30_000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: of('evict') }) },
)
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never

/** A conversation, and what its agents believe of it. */
class Life {
  readonly t = new Talk(plan, { reopen: 45_000 })
  readonly socket = this.t.connect()
  /** Leases that an agent gave back, or that were ended. */
  readonly over = new Set<number>()
  readonly granted: number[] = []
  #cv = 0
  #stream = begin(logOf(PublicEntry))
  #read = 0
  #marks = { delivered: 0, read: 0 }

  happen(it: Happening): void {
    const { t } = this
    switch (it.do) {
      case 'say':
        return void t.say()
      case 'claim':
        return void t.claim(it.who, { via: it.via, stay: t.talk.stay - it.back, auto: it.auto })
      case 'accept':
        return t.accept(it.who, this.#leaseOf(it.who) - it.back)
      case 'decline':
        return this.#giveBack(it.who, it.back, (lease) => t.decline(it.who, { lease }))
      case 'lose':
        return this.#giveBack(it.who, it.back, (lease) => t.lose(it.who, lease))
      case 'post':
        return void t.asOwner(it.who, 'post', { text: 'Hi' })
      case 'close':
        return void t.asOwner(it.who, 'close')
      case 'transfer':
        return void t.asOwner(it.who, 'transfer', { queue: it.via, warm: it.warm })
      case 'assign':
        return void t.h.command(staff('sam', 'supervisor'), 'assign', { agent: it.who, force: it.force })
      case 'leave':
        return void t.h.command(customer, 'leave', {})
      case 'mark':
        return t.h.actor.frame(this.socket, JSON.stringify({ t: 'mark', delivered: it.delivered, read: it.read }))
      case 'wait':
        return t.h.advance(it.ms)
      case 'evict':
        return t.h.evict()
    }
  }

  async check(): Promise<void> {
    await this.#checkMessages()
    const { talk, log } = this.t
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1))
    const publicly = log.filter(({ pub }) => pub !== null)
    expect(publicly.map(({ pub }) => pub)).toEqual(publicly.map((_, i) => i + 1))
    // CV4
    const begun = talk.openedAt !== null && talk.closed === null
    const somewhere = talk.seek !== null || talk.offer !== null || talk.owner !== null || talk.fallback !== null
    expect(begun).toBe(begun && somewhere)
    if (!begun) expect([talk.seek, talk.offer, talk.owner]).toEqual([null, null, null])
    const step = isOpen(talk) ? talk.seek?.steps[talk.seek.step] : undefined
    expect(Object.keys(talk.sent).sort()).toEqual((step?.queues ?? []).map(({ queue }) => queue).sort())
    // CV5, CV6: leases only grow, and whoever has none any more has been told or has said so.
    expect(this.granted).toEqual(this.granted.map((_, i) => i + 1))
    for (const lease of this.granted) {
      const current = lease === talk.offer?.lease || lease === talk.owner?.lease
      expect([lease, current !== this.over.has(lease)]).toEqual([lease, true])
    }
    if (talk.offer !== null) expect(talk.offer.agent).not.toBe(talk.owner?.agent)
    // CV3, CV10
    PublicView.parse(this.t.view('public'))
    StaffView.parse(this.t.view('staff'))
    const marks = this.t.view('public').marks.customer
    expect(marks.read).toBeLessThanOrEqual(marks.delivered)
    expect(marks.delivered).toBeLessThanOrEqual(publicly.length)
    expect(marks.read).toBeGreaterThanOrEqual(this.#marks.read)
    expect(marks.delivered).toBeGreaterThanOrEqual(this.#marks.delivered)
    this.#marks = marks
    this.#follow()
    expect(this.#stream.value.map(({ seq }) => seq)).toEqual(publicly.map(({ pub }) => pub))
    expect(this.t.h.errors).toEqual([])
  }

  async #checkMessages(): Promise<void> {
    const waits: number[] = []
    for (const { message } of await this.t.h.sent()) {
      if (message.type === 'grant' || message.type === 'assign') this.granted.push(message.lease)
      if (message.type === 'end') this.over.add(message.lease)
      if (message.type === 'wait') waits.push(message.cv)
    }
    // Those of one turn go to different queues, in any order.
    waits.sort((a, b) => a - b)
    expect(waits).toEqual(waits.map((_, i) => this.#cv + i + 1))
    this.#cv += waits.length
  }

  #follow(): void {
    for (; this.#read < this.socket.frames.length; this.#read += 1) {
      const frame = this.socket.frames[this.#read]
      if (frame === undefined) return
      const { stream, gap } = fold(logOf(PublicEntry), this.#stream, frame)
      expect(gap).toBe(false)
      this.#stream = stream
    }
  }

  #leaseOf(who: string): number {
    const { offer, owner } = this.t.talk
    if (offer?.agent === who) return offer.lease
    return owner?.agent === who ? owner.lease : this.t.talk.lease
  }

  /** An agent only ever gives back what it was given. */
  #giveBack(who: string, back: number, say: (lease: number) => void): void {
    const lease = this.#leaseOf(who) - back
    const before = this.t.talk
    say(lease)
    const after = this.t.talk
    for (const part of ['offer', 'owner'] as const) {
      const had = before[part]
      if (had === null || after[part] === had) continue
      expect([had.agent, had.lease]).toEqual([who, lease])
      this.over.add(lease)
    }
  }
}

describe('a conversation', () => {
  it('CV1, CV3, CV4, CV5, CV6, CV10, CV11, CV12: keeps its promises whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 50 }), async (happenings) => {
        const life = new Life()
        for (const it of happenings) {
          life.happen(it)
          await life.check()
        }
        life.t.h.store.close()
      }),
      { numRuns: 80, seed: 1 },
    )
  })

  it('OB7: is the same when it is evicted after each event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (happenings) => {
        const [resident, evicted] = [new Life(), new Life()]
        for (const it of happenings) {
          resident.happen(it)
          evicted.happen(it)
          await Promise.all([resident.t.h.sent(), evicted.t.h.sent()])
          evicted.t.h.evict()
        }
        // What an evicted sender does not know to have arrived, it sends again in its own time.
        for (const { h } of [resident.t, evicted.t, resident.t, evicted.t]) {
          h.advance(61_000)
          await h.sent()
        }
        expect(evicted.t.talk).toEqual(resident.t.talk)
        // Ids differ where a life has made more of them; what was said does not.
        const said = (life: Life) => life.t.log.map(({ seq, pub, body }) => ({ seq, pub, body }))
        expect(said(evicted)).toEqual(said(resident))
        const sent = ({ t }: Life) => t.h.link.sent.map(({ to, message }) => JSON.stringify([to, message])).sort()
        expect(sent(evicted)).toEqual(sent(resident))
        for (const life of [resident, evicted]) life.t.h.store.close()
      }),
      { numRuns: 40, seed: 1 },
    )
  })
})
