import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../../client/net/ids.ts'
import { MarkSender } from '../../../client/net/marks.ts'
import { TypingSender } from '../../../client/net/typing.ts'
import type { ClientFrame } from '../../../core/protocol/frames.ts'
import { FakeAround, pass } from './around.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('marks', () => {
  const make = () => {
    const sent: ClientFrame[] = []
    return { sent, marks: new MarkSender(new FakeAround().clock, (frame) => void sent.push(frame)) }
  }

  it('go out at most every 300 ms, and only when they have grown', async () => {
    const { sent, marks } = make()
    marks.opened()
    marks.note(1, 0)
    marks.note(2, 1)
    marks.note(2, 0)
    expect(sent).toEqual([{ t: 'mark', delivered: 1, read: 0 }])
    await pass(300)
    expect(sent.at(-1)).toEqual({ t: 'mark', delivered: 2, read: 1 })
    await pass(1_000)
    expect(sent).toHaveLength(2)
  })

  it('are said again on a new link', () => {
    const { sent, marks } = make()
    marks.note(3, 2)
    expect(sent).toEqual([])
    marks.opened()
    expect(sent).toEqual([{ t: 'mark', delivered: 3, read: 2 }])
  })
})

describe('typing', () => {
  it('is repeated while somebody writes and ends by itself', async () => {
    const sent: ClientFrame[] = []
    const typing = new TypingSender(new FakeAround().clock, (frame) => void sent.push(frame))
    for (let i = 0; i < 4; i++) {
      typing.input(false)
      await pass(1_000)
    }
    expect(sent).toEqual([
      { t: 'typing', on: true },
      { t: 'typing', on: true },
    ])
    await pass(4_000)
    expect(sent.at(-1)).toEqual({ t: 'typing', on: false })
  })
})

describe('an id', () => {
  it('fits the wire, is unique and sorts by time', () => {
    const ids = Array.from({ length: 1_000 }, (_, i) => newId(1_700_000_000_000 + i))
    expect(new Set(ids).size).toBe(1_000)
    expect(ids.toSorted()).toEqual(ids)
    for (const id of ids) expect(id).toMatch(/^[0-9A-Z]{26}$/)
  })
})
