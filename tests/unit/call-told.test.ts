/** What a leg is told: the same answer to the same question, and one decision for each. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Instructions } from '../../core/call/instructions.ts'
import { move, nothingTold, questionOf, type Told, tell } from '../../core/call/told.ts'

const say = (text: string): Instructions =>
  Instructions.parse({ prompts: [{ do: 'say', text, language: 'en' }], end: { do: 'ask' } })

/** A conversation that counts what it decides, and says so. */
class Talk {
  told: Told = nothingTold
  decided = 0

  ask(step: number) {
    const question = questionOf(this.told, step)
    if (question.is !== 'new') return question.answer
    const { told, answer } = tell(this.told, step, say(`decision ${(this.decided += 1)}`))
    this.told = told
    return answer
  }

  move(): number {
    const { told, step } = move(this.told)
    this.told = told
    return step
  }
}

describe('what a leg is told', () => {
  it('CL4 is the same when it asks the same again, and is decided once', () => {
    const talk = new Talk()
    const first = talk.ask(0)
    expect(talk.ask(0)).toEqual(first)
    const second = talk.ask(first.next)
    expect(talk.ask(first.next)).toEqual(second)
    expect(talk.ask(0)).toEqual(first)
    expect(talk.decided).toBe(2)
  })

  it('CL4 is, to a question that was overtaken by a move, what it was told last', () => {
    const talk = new Talk()
    const waiting = talk.ask(0)
    const moved = talk.ask(talk.move())
    // The end of the music, which crossed the move, comes after it.
    expect(questionOf(talk.told, waiting.next)).toEqual({ is: 'late', answer: moved })
    expect(talk.decided).toBe(2)
  })

  it('CL4 is decided anew for a move that crosses the question before it', () => {
    const talk = new Talk()
    const waiting = talk.ask(0)
    const step = talk.move()
    const crossing = talk.ask(waiting.next)
    const moved = talk.ask(step)
    expect(moved.instructions).not.toEqual(crossing.instructions)
  })

  it('CL4 is one answer for each question, however often the last few come again and whatever is moved', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), back: fc.nat(3) }),
      fc.record({ kind: fc.constant('move' as const) }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const talk = new Talk()
        const open = [0]
        const answers = new Map<number, string>()
        for (const one of acts) {
          if (one.kind === 'move') {
            open.push(talk.move())
            continue
          }
          const step = open.at(-1 - Math.min(one.back, open.length - 1)) ?? 0
          const { is } = questionOf(talk.told, step)
          const answer = talk.ask(step)
          const text = JSON.stringify(answer)
          if (is === 'late') continue
          expect(answers.get(step) ?? text).toBe(text)
          answers.set(step, text)
          if (is === 'new') open.push(answer.next)
        }
        expect(talk.decided).toBe(answers.size)
        expect(talk.told.answers.length).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe('instructions', () => {
  it('CL6 that refuse the call say nothing before, and those that listen say for what', () => {
    const refused = Instructions.safeParse({ prompts: say('no').prompts, end: { do: 'reject', as: 'busy' } })
    expect(refused.error?.issues[0]?.path).toEqual(['prompts'])
    expect(Instructions.safeParse({ end: { do: 'reject', as: 'busy' } }).success).toBe(true)
    const deaf = Instructions.safeParse({ end: { do: 'listen', seconds: 5 } })
    expect(deaf.error?.issues[0]?.path).toEqual(['end'])
  })

  it.each([
    [{ do: 'dial', to: [{ is: 'number', number: '030 123' }], seconds: 20 }],
    [{ do: 'dial', to: [{ is: 'sip', uri: 'sip:a@b.example"><Hangup/>' }], seconds: 20 }],
    [{ do: 'join', room: '../other', part: { as: 'caller' } }],
    [{ do: 'listen', seconds: 0, digits: { most: 1 } }],
  ])('CL6 are none with %j', (end) => {
    expect(Instructions.safeParse({ end }).success).toBe(false)
  })
})
