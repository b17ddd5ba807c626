/** Keys and the commands they stand for. */
import { describe, expect, it } from 'vitest'
import { commandIds } from '../../../client/console/keys/commands.ts'
import { fits } from '../../../client/console/keys/fits.ts'
import { caps, defaults, holderOf, Strokes, strokeOf } from '../../../client/console/keys/strokes.ts'

const press = (key: string, held: { ctrlKey?: boolean; altKey?: boolean } = {}) =>
  strokeOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held })
const typed = (...strokes: readonly (readonly [string, number])[]) => {
  const follower = new Strokes()
  return strokes.map(([stroke, at]) => follower.take(stroke, at, defaults, true))
}

describe('a stroke', () => {
  it('is what the keyboard writes', () => {
    expect([press('r'), press('R'), press('?'), press('k', { ctrlKey: true })]).toEqual(['r', 'r', '?', 'mod+k'])
  })

  it('is none of the keys that write nothing, nor one with Alt, by which layouts write other letters', () => {
    expect([press('Shift'), press('Enter'), press(' '), press('j', { altKey: true })]).toEqual([null, null, null, null])
  })
})

describe('strokes', () => {
  it('complete a command of one key or of two', () => {
    expect(typed(['j', 0], ['g', 10], ['i', 20])).toEqual(['next', null, 'inbox'])
  })

  it('after a pause begin anew', () => {
    expect(typed(['g', 0], ['a', 5_000])).toEqual([null, 'accept'])
  })

  it('without single keys are only those with Cmd or Ctrl', () => {
    const strokes = new Strokes()
    expect([strokes.take('j', 0, defaults, false), strokes.take('mod+k', 1, defaults, false)]).toEqual([
      null,
      'palette',
    ])
  })
})

describe('bindings', () => {
  it('at first are of one command each', () => {
    expect(commandIds.map((id) => holderOf(defaults, id, defaults[id]))).toEqual(commandIds.map(() => null))
  })

  it('are refused where another command would never be reached', () => {
    expect([holderOf(defaults, 'note', 'q'), holderOf(defaults, 'note', 'r')]).toEqual([null, 'reply'])
    expect(holderOf(defaults, 'note', 'g')).toBe('available')
  })

  it('are shown as key caps', () => {
    expect([caps('mod+k', false), caps('mod+k', true), caps('g i', true)]).toEqual([
      ['Ctrl', 'K'],
      ['⌘', 'K'],
      ['G', 'I'],
    ])
  })
})

it('what was typed fits by the parts of its words', () => {
  const fitting = [fits('Write a private note', 'note pri'), fits('转接', '转'), fits('Hand over', 'hands')]
  expect(fitting).toEqual([true, true, false])
})
