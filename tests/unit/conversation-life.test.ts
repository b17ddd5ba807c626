/** How long a conversation is kept, and what is left of it, on the real model. */
import { describe, expect, it } from 'vitest'
import { erase } from '../../core/conversation/life.ts'
import { staff } from '../support/harness.ts'
import { agentName, codeOf, customer, pinned, queueName, startOf, Talk, thread } from '../support/talk.ts'

const DAY = 86_400_000
const kept = 730 * DAY
const eraseNow = (t: Talk) => t.h.actor.decide((state, turn) => erase(state, turn, 'request'))
/** Years pass at once: the alarm rings late. */
const passTo = (t: Talk, at: number) => {
  t.h.clock.time = at
  t.h.advance(0)
}
/** Everything that its storage holds, as text. */
const stored = (t: Talk) =>
  JSON.stringify(['state', 'entries', 'commands', 'outbox'].map((table) => t.h.store.exec(`SELECT * FROM ${table}`)))

describe('a conversation', () => {
  it('LD1 has an end from its birth, which moves with what happens', () => {
    const t = new Talk()
    const born = t.h.clock.time
    expect(t.h.state.life.get().until).toBe(born + kept)
    t.ownedBy('ada')
    t.h.clock.time += 700 * DAY
    t.asOwner('ada', 'close')
    const closed = t.h.clock.time
    passTo(t, born + kept)
    expect(t.h.state.life.get()).toEqual({ until: closed + kept, erased: null })
    passTo(t, closed + kept)
    expect(t.h.state.life.get().erased).toEqual({ at: closed + kept, why: 'retention' })
  })

  it('LD1 that nobody ever closed ends too', () => {
    const t = new Talk()
    t.say('Hello?')
    passTo(t, t.h.now + kept)
    expect(t.h.state.life.get().erased?.why).toBe('retention')
  })
})

describe('a conversation that is erased', () => {
  it('LD2 lets everybody go who has to do with it', async () => {
    const t = new Talk()
    const lease = t.ownedBy('ada')
    await t.h.sent()
    eraseNow(t)
    const sent = await t.h.sent()
    expect(sent).toContainEqual({ to: agentName('ada'), message: expect.objectContaining({ type: 'end', lease }) })
    const told = sent.filter(({ to }) => to === thread).at(-1)?.message
    expect(told).toMatchObject({ type: 'current', open: false, reopenUntil: t.h.clock.time })
    const waiting = new Talk()
    waiting.say()
    await waiting.h.sent()
    eraseNow(waiting)
    const [gone] = (await waiting.h.sent()).filter(({ to }) => to === queueName('sales'))
    expect(gone?.message).toMatchObject({ type: 'wait' })
    expect(gone?.message).not.toHaveProperty('entry')
  })

  it('LD3 keeps a tombstone and nothing of what was said, of whom and by whom', async () => {
    const t = new Talk()
    t.say('My secret')
    t.ownedBy('ada')
    t.asOwner('ada', 'post', { text: 'A secret answer' })
    const { head } = t.h.state.log
    eraseNow(t)
    await t.h.sent()
    const { time } = t.h.clock
    passTo(t, time + 3 * DAY)
    t.h.evict()
    expect(t.types).toEqual(['closed', 'erased'])
    // C1: numbers are never given twice.
    expect(t.log.map(({ seq }) => seq)).toEqual([head + 1, head + 2])
    expect(t.h.state.life.get().erased).toEqual({ at: time, why: 'request' })
    expect(stored(t)).not.toMatch(/secret|mia|Mia/)
  })

  it('LD4 is revived by nothing that comes late', async () => {
    const t = new Talk()
    t.ownedBy('ada')
    eraseNow(t)
    const before = t.h.state.log.head
    t.h.receive(thread, startOf(pinned()))
    t.accept('ada')
    t.claim('ben')
    expect(codeOf(t.say('Hello again'))).toBe('not_found')
    expect(codeOf(t.h.command(staff('ada'), 'note', { text: 'x' }))).toBe('not_found')
    expect(t.h.actor.admit(customer)).toMatchObject({ error: { message: 'this conversation was erased' } })
    eraseNow(t)
    passTo(t, t.h.now + 10 * kept)
    expect([t.h.state.log.head, t.h.state.talk.get().begun]).toEqual([before, null])
    const answers = (await t.h.sent()).filter(({ to }) => to === agentName('ben'))
    expect(answers.map(({ message }) => message.type)).toEqual(['refuse'])
  })
})
