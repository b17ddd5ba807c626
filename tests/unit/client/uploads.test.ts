import { describe, expect, it, vi } from 'vitest'
import { LaterUploads } from '../../../client/net/later-uploads.ts'
import type { HeldFile, HeldFiles, SendRequest, Sent } from '../../../client/net/upload-ports.ts'
import { Uploads } from '../../../client/net/uploads.ts'
import { FILE_PART } from '../../../core/protocol/limits.ts'
import { FakeAround } from './around.ts'

const fileOf = (name: string, bytes = 3) => new File(['a'.repeat(bytes)], name, { type: 'text/plain' })
const soon = () => new Promise((resolve) => setTimeout(resolve))

/** A browser whose pages share a storage and locks, and a server that answers when the test says so. */
function browser({ forbidden = false } = {}) {
  const stored = new Map<string, HeldFile>()
  const locked = new Map<string, Promise<unknown>>()
  const held: HeldFiles = {
    async hold(item) {
      if (!forbidden) stored.set(item.id, item)
      return !forbidden
    },
    letGo: async (id) => void stored.delete(id),
    all: async () => [...stored.values()],
    holds: async (id) => stored.has(id),
    async alone(id, signal, work) {
      const before = locked.get(id)
      const mine = Promise.resolve(before).then(() => (signal.aborted ? undefined : work()))
      locked.set(id, mine)
      await mine
    },
  }
  const requests: (SendRequest & { answer(sent: Sent | null): void })[] = []
  const send = (request: SendRequest) =>
    new Promise<Sent | null>((answer) => {
      requests.push({ ...request, answer })
      request.signal.addEventListener('abort', () => answer(null))
    })
  const guards = { count: 0 }
  const guard = () => {
    guards.count++
    return () => void guards.count--
  }
  const code = async () => ({ Uploads })
  const ports = { around: new FakeAround(), send, held, guard, code, measure: async () => ({}) }
  const open = () => new Uploads(ports, 'c1', null)
  return { open, ports, requests, stored, guards, locked }
}
const idIn = (url: string) => /^\/files\/c1\/([^/?]+)/.exec(url)?.[1]

describe('files on their way', () => {
  it.each([3, FILE_PART + 1])(
    'FI10: a file of %d bytes goes on under its id in the page after a reload',
    async (bytes) => {
      const { open, requests, stored, locked } = browser()
      const before = open()
      before.send([fileOf('a.txt', bytes)], 7)
      await soon()
      before.end()
      locked.clear()
      const after = open()
      await soon()
      expect(after.items.value.map(({ file, state }) => [file.name, state])).toEqual([['a.txt', 'sending']])
      const [first, second] = requests
      expect(idIn(second?.url ?? '')).toBe(idIn(first?.url ?? '?'))
      if (bytes > FILE_PART) return
      expect(second?.url).toContain('lease=7')
      second?.answer({ status: 200, value: { seq: 1 } })
      await soon()
      expect(after.items.value.map(({ state }) => state)).toEqual(['sent'])
      expect(stored.size).toBe(0)
    },
  )

  it('FI10: what another page has sent or given up, this one does not send again', async () => {
    const { open, requests, stored } = browser()
    const [one, other] = [open(), open()]
    one.send([fileOf('sent.txt'), fileOf('given-up.txt')])
    await soon()
    const late = open()
    await soon()
    expect(late.items.value).toHaveLength(2)
    requests[0]?.answer({ status: 200, value: { seq: 1 } })
    one.cancel(one.items.value[1]?.id ?? '')
    await soon()
    await soon()
    expect(requests.filter(({ method }) => method === 'PUT')).toHaveLength(2)
    expect(late.items.value).toEqual([])
    expect(stored.size).toBe(0)
    other.end()
  })

  it('FI12: where the browser keeps nothing, it says so, and asks before the page is left, until it is sent or given up', async () => {
    const { open, requests, guards } = browser({ forbidden: true })
    const uploads = open()
    expect(guards.count).toBe(0)
    uploads.send([fileOf('a.txt'), fileOf('b.txt')])
    expect(guards.count).toBe(1)
    await soon()
    expect(uploads.items.value.map(({ kept }) => kept)).toEqual([false, false])
    requests[0]?.answer({ status: 200, value: { seq: 1 } })
    await soon()
    requests[1]?.answer({ status: 403, value: { code: 'forbidden', detail: 'no' } })
    await soon()
    expect(uploads.items.value.map(({ state }) => state)).toEqual(['sent', 'failed'])
    expect([guards.count, uploads.isUnsettled.value]).toEqual([1, true])
    uploads.cancel(uploads.items.value[1]?.id ?? '')
    expect([guards.count, uploads.isUnsettled.value]).toEqual([0, false])
  })

  it('FI12: nobody leaves unasked with a file in hand that nothing carries yet', async () => {
    const { ports, guards } = browser()
    let fetched = () => {}
    const coming = new Promise<void>((resolve) => {
      fetched = resolve
    })
    const uploads = new LaterUploads({ ...ports, code: () => coming.then(ports.code) }, 'c1', null)
    uploads.send([fileOf('a.txt')])
    await soon()
    expect([guards.count, uploads.isUnsettled.value]).toEqual([1, true])
    fetched()
    await vi.waitFor(() => expect(uploads.items.value[0]?.kept).toBe(true))
    expect([guards.count, uploads.isUnsettled.value]).toEqual([0, true])
  })

  it('FI12: what the browser keeps is left without being asked', async () => {
    const { open, guards } = browser()
    const uploads = open()
    uploads.send([fileOf('a.txt')])
    await vi.waitFor(() => expect(uploads.items.value[0]?.kept).toBe(true))
    expect(guards.count).toBe(0)
    expect(uploads.isUnsettled.value).toBe(true)
  })

  it('FI9: what failed is tried again under its id and the newer lease, also after a reload', async () => {
    const { open, requests, locked } = browser()
    const before = open()
    before.send([fileOf('a.txt')], 1)
    await soon()
    requests[0]?.answer({ status: 409, value: { code: 'stale_lease', detail: '' } })
    await soon()
    const [item] = before.items.value
    expect([item?.state, item?.refusal?.code]).toEqual(['failed', 'stale_lease'])
    before.retry(item?.id ?? '', 2)
    await soon()
    expect(requests[1]?.url).toContain('lease=2')
    before.end()
    locked.clear()
    open()
    await soon()
    expect(requests[2]?.url).toContain('lease=2')
    expect(new Set(requests.map(({ url }) => idIn(url))).size).toBe(1)
  })
})
