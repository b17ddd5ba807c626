/** Answers that a message offers, and the customer who chooses one: CV26. */
import { describe, expect, it } from 'vitest'
import { toPublic } from '../../core/conversation/entries.ts'
import { staff } from '../support/harness.ts'
import { codeOf, customer, Talk } from '../support/talk.ts'

const choices = [
  { id: 'yes', label: 'Yes, please' },
  { id: 'no', label: 'No, thank you' },
]

function asked() {
  const t = new Talk()
  t.ownedBy('ada')
  t.asOwner('ada', 'post', { text: 'Shall I?', choices })
  return { t, entry: t.log.at(-1)?.pub ?? 0 }
}
const choose = (t: Talk, entry: number, id: string, command = `choose-${id}`) =>
  t.h.actor.command(customer, {
    id: command,
    name: 'post',
    body: { text: 'as the client has it', chosen: { entry, id } },
  })
const lastBody = (t: Talk) => t.log.map(toPublic).at(-1)?.body

describe('answers that a message offers', () => {
  it('CV26: stand in the entry for everybody; the one that is chosen says what was offered', () => {
    const { t, entry } = asked()
    expect(lastBody(t)).toEqual({ type: 'message', text: 'Shall I?', choices })
    expect(choose(t, entry, 'no')).toMatchObject({ ok: true })
    expect(lastBody(t)).toEqual({ type: 'message', text: 'No, thank you', chosen: { entry, id: 'no' } })
  })

  it('CV26: are refused where they were not offered, and nothing is said then', () => {
    const { t, entry } = asked()
    const before = t.log.length
    for (const [number, id] of [
      [entry, 'perhaps'],
      [entry - 1, 'yes'],
      [entry + 1, 'yes'],
      [Number.MAX_SAFE_INTEGER, 'yes'],
    ] as const) {
      expect(choose(t, number, id, `${number}-${id}`)).toMatchObject({
        ok: false,
        error: { code: 'bad_input', field: 'chosen' },
      })
    }
    expect(t.log.length).toBe(before)
  })

  it('CV26: are one answer for one command, also when the question was taken away meanwhile', () => {
    const { t, entry } = asked()
    const first = choose(t, entry, 'yes')
    const seq = t.log.find((each) => each.pub === entry)?.seq
    t.h.command(staff('sam', 'administrator'), 'remove', { entry: seq, why: 'mistaken' })
    expect(choose(t, entry, 'yes')).toEqual(first)
    expect(choose(t, entry, 'no')).toMatchObject({ ok: false, error: { field: 'chosen' } })
  })

  it('CV26: are at most twenty, each once', () => {
    const { t } = asked()
    const many = Array.from({ length: 21 }, (_, n) => ({ id: `n${n}`, label: `${n}` }))
    for (const offered of [many, [...choices, ...choices], []])
      expect(codeOf(t.asOwner('ada', 'post', { text: 'Which?', choices: offered }))).toBe('bad_input')
  })
})
