/** How the links of a page share the connections of a browser when all of them poll. */
import { describe, expect, it } from 'vitest'
import { Turns } from '../../../client/net/turns.ts'

/** A poll that hangs until it is answered. */
function hanging() {
  const hangs: (() => void)[] = []
  const poll = () => new Promise<void>((answer) => hangs.push(answer))
  return { hangs, poll }
}

const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('links that poll', () => {
  it('hang four at a time, in the order in which they came', async () => {
    const turns = new Turns()
    const { hangs, poll } = hanging()
    const done: number[] = []
    for (const link of [1, 2, 3, 4, 5, 6]) void turns.take(poll).then(() => done.push(link))
    expect(hangs).toHaveLength(4)
    hangs[1]?.()
    await soon()
    expect(done).toEqual([2])
    expect(hangs).toHaveLength(5)
    hangs[4]?.()
    await soon()
    expect(done).toEqual([2, 5])
    for (const at of [0, 2, 3, 5]) hangs[at]?.()
    await soon()
    expect(done).toEqual([2, 5, 1, 3, 4, 6])
  })

  it('give their turn back when a poll fails', async () => {
    const turns = new Turns()
    const fails = () => Promise.reject(new Error('no network'))
    for (let i = 0; i < 9; i++) await expect(turns.take(fails)).rejects.toThrow('no network')
    const { hangs, poll } = hanging()
    void turns.take(poll)
    expect(hangs).toHaveLength(1)
  })

  it('each have their turn about every four seconds, and a single one hangs as long as the server likes', () => {
    const turns = new Turns()
    turns.join()
    expect(turns.wait).toBeUndefined()
    turns.join()
    expect(turns.wait).toBe(4_000)
    for (let i = 0; i < 8; i++) turns.join()
    expect(turns.wait).toBe(1_600)
    for (let i = 0; i < 9; i++) turns.leave()
    expect(turns.wait).toBeUndefined()
  })
})
