/** What an owner's console is told when it does not look: CS7. */
import { describe, expect, it } from 'vitest'
import type { News } from '../../core/protocol/messages.ts'
import { isType, staff } from '../support/harness.ts'
import { agentName, Talk } from '../support/talk.ts'

async function newsOf(t: Talk): Promise<News[]> {
  const sent = await t.h.sent()
  return sent.flatMap(({ to, message }) => (to === agentName('ada') && isType(message, 'news') ? [message] : []))
}
async function owned(): Promise<Talk> {
  const t = new Talk()
  t.ownedBy('ada')
  await t.h.sent()
  return t
}
const word = (text: string, unread: number) => ({ last: { from: 'customer', text }, unread })

describe('the owner’s console', () => {
  it('CS7: that has no socket here is told the last word and what is unread', async () => {
    const t = await owned()
    t.h.advance(3_000)
    t.say('Are you there?')
    expect(await newsOf(t)).toMatchObject([{ lease: t.talk.lease, ...word('Are you there?', 2) }])
  })

  it('CS7: is told at most once in three seconds, and in the end all there is', async () => {
    const t = await owned()
    t.h.advance(3_000)
    for (const text of ['one', 'two', 'three']) t.say(text)
    expect(await newsOf(t)).toMatchObject([word('one', 2)])
    t.h.advance(2_999)
    expect(await newsOf(t)).toEqual([])
    t.h.advance(1)
    expect(await newsOf(t)).toMatchObject([word('three', 4)])
    t.h.advance(60_000)
    expect(await newsOf(t)).toEqual([])
  })

  it('CS7: that looks is told nothing, and no row is written for it; afterwards what it did not see', async () => {
    const t = await owned()
    t.h.advance(3_000)
    const socket = t.h.connect(staff('ada'))
    t.say('one')
    t.h.advance(20_000)
    expect(await newsOf(t)).toEqual([])
    expect(t.h.timers()).not.toContain('news')
    t.h.disconnect(socket)
    expect(await newsOf(t)).toMatchObject([word('one', 2)])
  })

  it('CS7: is told nothing when only somebody else looks', async () => {
    const t = await owned()
    t.h.advance(3_000)
    t.h.connect(staff('sue', 'supervisor'))
    t.say('one')
    expect(await newsOf(t)).toMatchObject([word('one', 2)])
  })

  it('CS7: knows from the card what was said before', async () => {
    const t = new Talk()
    t.say('Where is my parcel?')
    t.claim('ada')
    const [{ message } = { message: undefined }] = (await t.h.sent()).filter(({ to }) => to === agentName('ada'))
    expect(message).toMatchObject({ type: 'grant', card: word('Where is my parcel?', 1) })
    t.accept('ada')
    t.h.advance(10_000)
    expect(await newsOf(t)).toEqual([])
  })

  it('CS7: is told at once, looking or not, when what it was told of is taken away', async () => {
    const t = await owned()
    t.h.connect(staff('ada'))
    t.say('My card is 4111 1111')
    const entry = t.log.at(-1)?.seq
    t.h.command(staff('sue', 'supervisor'), 'remove', { entry, why: 'payment' })
    expect(t.types.at(-1)).toBe('removal')
    expect(await newsOf(t)).toMatchObject([word('Hello', 1)])
  })
})
