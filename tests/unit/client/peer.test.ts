import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Peer } from '../../../client/net/peer.ts'
import { boardOf } from '../../../client/net/stream.ts'
import { MentionRow } from '../../../core/protocol/colleagues.ts'
import { FakeAround, FakeSocket, newest, pass, welcome } from './around.ts'

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.made = []
})
afterEach(() => void vi.useRealTimers())

it('NW2: tells how many events it is behind after it came back, until it has them', async () => {
  const around = new FakeAround()
  const peer = new Peer({
    around,
    path: 'agent/ada',
    ticket: async () => ({ ticket: 't' }),
    folder: boardOf(MentionRow),
  })
  await pass(1)
  newest().accept()
  newest().say(welcome(7))
  expect(peer.behind.value).toBe(0)
  newest().drop(1006)
  await pass(1_000)
  newest().accept()
  newest().say(welcome(12, { resumed: true }))
  expect(peer.behind.value).toBe(5)
  const del = (seq: number) => ({ seq, at: 0, name: 'del' as const, body: { key: `mention/${seq}` } })
  newest().say({ t: 'batch', evs: [del(9), del(10)] })
  expect(peer.behind.value).toBe(2)
  newest().say({ t: 'batch', evs: [del(12)] })
  expect(peer.behind.value).toBe(0)
  peer.end()
})
