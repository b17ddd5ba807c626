/** What a log knows of commands that made their entries before: OB5. */
import { describe, expect, it } from 'vitest'
import { Harness } from '../support/harness.ts'
import { say, type ToyState, toyModel, toyName } from '../support/toy.ts'

const make = () => new Harness<ToyState>(toyName('toy'), toyModel())
const find = (h: Harness<ToyState>, command: string) => h.actor.state.log.find('toy', command)

describe('a log', () => {
  it('OB5: finds a command of this life and of an earlier one, public and private', () => {
    const h = make()
    expect(find(h, '1')).toBeUndefined()
    h.actor.decide((state) => say(state, 'one', true))
    h.actor.decide((state) => say(state, 'two', false))
    const places = [find(h, '1'), find(h, '2')]
    expect(places).toEqual([
      { seq: 1, pub: 1 },
      { seq: 2, pub: null },
    ])
    h.evict()
    expect([find(h, '1'), find(h, '2'), find(h, '3')]).toEqual([...places, undefined])
    expect(h.actor.state.log.find('somebody else', '1')).toBeUndefined()
    expect([h.actor.state.log.head, h.actor.state.log.publicHead]).toEqual([2, 1])
  })

  it('OB5: forgets the command of a turn that failed', () => {
    const h = make()
    expect(find(h, '1')).toBeUndefined()
    const failing = () =>
      h.actor.decide((state) => {
        say(state, 'one', true)
        throw new Error('a bug')
      })
    expect(failing).toThrow('a bug')
    expect(find(h, '1')).toBeUndefined()
  })

  it('OB5: forgets what is cleared, also in the turn that clears it', () => {
    const h = make()
    h.actor.decide((state) => say(state, 'one', true))
    expect(find(h, '1')).toBeDefined()
    h.actor.decide((state) => {
      state.log.clear(1)
      expect(state.log.find('toy', '1')).toBeUndefined()
      say(state, 'two', true)
    })
    expect([find(h, '1'), find(h, '2')]).toEqual([undefined, { seq: 2, pub: 2 }])
    h.evict()
    expect([find(h, '1'), find(h, '2')]).toEqual([undefined, { seq: 2, pub: 2 }])
  })
})
