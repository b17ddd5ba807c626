/** What colleagues see of each other at a conversation: CG1 to CG4. */
import { describe, expect, it } from 'vitest'
import { erase } from '../../core/conversation/life.ts'
import { type FakeSocket, isType, staff } from '../support/harness.ts'
import { agentName, customer, Talk } from '../support/talk.ts'

const look = (t: Talk, who: string, writing: 'post' | 'note' | null = null): FakeSocket => {
  const socket = t.h.connect(staff(who))
  t.h.actor.frame(socket, JSON.stringify({ t: 'here', on: true, writing }))
  return socket
}
const seenBy = (socket: FakeSocket) =>
  socket.frames
    .flatMap((frame) => (frame.t === 'eph' && frame.name === 'here' ? [Object(frame.body).people] : []))
    .at(-1)
const person = (id: string, writing: 'post' | 'note' | null = null) => ({ id, name: id, writing })

describe('who is here', () => {
  it('CG1: is told to everybody who looks, with what they write, and no longer once they have gone', () => {
    const t = new Talk()
    t.ownedBy('ada')
    const ada = look(t, 'ada')
    const ben = look(t, 'ben', 'note')
    expect(seenBy(ada)).toEqual([person('ada'), person('ben', 'note')])
    expect(seenBy(ben)).toEqual([person('ada'), person('ben', 'note')])
    t.h.actor.frame(ben, JSON.stringify({ t: 'here', on: false, writing: null }))
    expect(seenBy(ada)).toEqual([person('ada')])
    t.h.actor.frame(ben, JSON.stringify({ t: 'here', on: true, writing: null }))
    t.h.disconnect(ben)
    expect(seenBy(ada)).toEqual([person('ada')])
  })

  it('CG1: two tabs are one person, who writes if one of them does; a silent line is nobody', () => {
    const t = new Talk()
    t.ownedBy('ada')
    const ada = look(t, 'ada')
    look(t, 'ada', 'post')
    expect(seenBy(ada)).toEqual([person('ada', 'post')])
    t.h.advance(60_000, [ada])
    look(t, 'ben')
    expect(seenBy(ada)).toEqual([person('ada'), person('ben')])
  })

  it('CG1: no customer hears of it, who has it on the screen unseen neither, and nothing is stored', () => {
    const t = new Talk()
    t.ownedBy('ada')
    const mia = t.h.connect(customer)
    const sue = t.h.connect(staff('sue', 'supervisor'))
    const before = t.h.store.exec('SELECT * FROM state')
    look(t, 'ada', 'post')
    t.h.actor.frame(mia, JSON.stringify({ t: 'here', on: true, writing: 'post' }))
    expect(seenBy(mia)).toBeUndefined()
    expect(seenBy(sue)).toBeUndefined()
    expect(JSON.stringify(mia.frames)).not.toContain('people')
    expect(t.h.store.exec('SELECT * FROM state')).toEqual(before)
  })
})

describe('a draft', () => {
  const draft = (t: Talk, who: string, kind: 'post' | 'note', text: string) =>
    expect(t.h.command(staff(who), 'draft', { kind, text }).ok).toBe(true)
  const shown = (t: Talk) => t.view('staff').drafts?.map(({ by, kind, text }) => [by.id, kind, text])

  it('CG2: is seen by colleagues, survives an eviction, and goes when it is sent or emptied', () => {
    const t = new Talk()
    const lease = t.ownedBy('ada')
    draft(t, 'ada', 'post', 'Let me')
    draft(t, 'ada', 'post', 'Let me see')
    draft(t, 'ben', 'note', 'They had this before')
    t.h.evict()
    expect(shown(t)).toEqual([
      ['ada', 'post', 'Let me see'],
      ['ben', 'note', 'They had this before'],
    ])
    t.h.command(staff('ada'), 'post', { text: 'Let me see.', lease })
    expect(shown(t)).toEqual([['ben', 'note', 'They had this before']])
    draft(t, 'ben', 'note', ' ')
    expect(shown(t)).toBeUndefined()
  })

  it('CG2: is nothing that a customer is told, and is gone with the words of an erased conversation', () => {
    const t = new Talk()
    t.ownedBy('ada')
    const mia = t.h.connect(customer)
    draft(t, 'ada', 'post', 'a word too early')
    expect(JSON.stringify([mia.frames, t.view('public')])).not.toContain('early')
    t.h.actor.decide((state, turn) => erase(state, turn, 'request'))
    expect(JSON.stringify(t.h.store.exec('SELECT * FROM state'))).not.toContain('early')
  })

  it('CG2: makes room by the oldest: what is read with every decision stays small', () => {
    const t = new Talk()
    t.ownedBy('ada')
    for (const who of ['ben', 'cyd', 'dan', 'eve']) {
      draft(t, who, 'note', 'x'.repeat(8_000))
      t.h.advance(1)
    }
    expect(shown(t)?.map(([who]) => who)).toEqual(['dan', 'eve'])
  })
})

describe('a mention', () => {
  it('CG3: tells each agent once, stands in the entry by name, and lets them look and write notes', async () => {
    const t = new Talk().knows('ben')
    t.ownedBy('ada')
    const ben = { ...staff('ben'), team: 'other' }
    expect(() => t.h.connect(ben)).toThrow('forbidden')
    await t.h.sent()
    expect(t.asOwner('ada', 'note', { text: '@Ben is that right?', mentions: ['ben', 'ben'] }).ok).toBe(true)
    const { body } = t.log.at(-1)?.body ?? {}
    expect(body).toMatchObject({ type: 'note', mentions: [{ id: 'ben', name: 'Ben' }] })
    const told = (await t.h.sent()).filter(({ message }) => isType(message, 'mentioned'))
    expect(told).toMatchObject([
      { to: agentName('ben'), message: { mention: { entry: t.log.at(-1)?.seq, by: 'ada', customer: 'Mia' } } },
    ])
    t.h.connect(ben)
    expect(t.h.command(ben, 'note', { text: 'It is' }).ok).toBe(true)
    expect(t.h.command(ben, 'tag', { add: ['any'] })).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  })

  it('CG3: of nobody, or of somebody who is no agent, changes nothing and names the field', () => {
    const t = new Talk(undefined, {}, { desk: { tags: [], dispositions: {}, attributes: {} } }).knows('ben')
    t.ownedBy('ada')
    const before = t.log.length
    const refused = (mentions: string[]) => t.asOwner('ada', 'note', { text: 'x', mentions })
    expect(refused(['not an id'])).toMatchObject({ ok: false, error: { code: 'bad_input', field: 'mentions' } })
    expect(refused(['ben', 'who'])).toMatchObject({ ok: false, error: { code: 'not_ready', retry: true } })
    expect(t.log).toHaveLength(before)
  })

  it('CG4: is forgotten by those who were named when the conversation is', async () => {
    const t = new Talk().knows('ben')
    t.ownedBy('ada')
    t.asOwner('ada', 'note', { text: 'x', mentions: ['ben'] })
    await t.h.sent()
    t.h.actor.decide((state, turn) => erase(state, turn, 'request'))
    const told = (await t.h.sent()).flatMap(({ to, message }) => (isType(message, 'forget') ? [to] : []))
    expect(told.sort()).toEqual([agentName('ada'), agentName('ben')])
  })
})
