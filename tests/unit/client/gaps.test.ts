import { signal } from '@preact/signals'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Gaps, type Pages } from '../../../client/console/inbox/gaps.ts'
import { merge } from '../../../client/net/stream.ts'
import type { StaffEntry } from '../../../core/protocol/conversation.ts'

const entry = (seq: number): StaffEntry => ({
  stream: 'staff',
  ...{ seq, pub: seq, at: seq, id: `id-${seq}` },
  from: { role: 'system' },
  body: { type: 'message', text: `${seq}` },
})

/** A conversation of `head` entries of which the page has the last `here`; those up to `floor` were erased, `newer` are of unknown kinds. */
function pagesOf(head: number, here: number, { floor = 0, newer = [] as readonly number[] } = {}) {
  const all = Array.from({ length: head }, (_, n) => entry(n + 1)).filter(({ seq }) => seq > floor)
  const known = all.filter(({ seq }) => !newer.includes(seq))
  const entries = signal<readonly StaffEntry[]>(known.filter(({ seq }) => seq > head - here))
  const asked: number[] = []
  const load: Pages['load'] = async ({ before, limit = 50 }) => {
    asked.push(before)
    const came = known.filter(({ seq }) => seq < before && seq >= before - limit)
    entries.value = merge(entries.value, came)
    return came
  }
  return { entries, load, asked }
}

const atOnce = {
  after: (_: number, task: () => void) => {
    task()
    return () => {}
  },
}

it('VL2: what is wanted is loaded, whatever came before, and nothing that is here', async () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: 400 }))
  await fc.assert(
    fc.asyncProperty(fc.array(range, { maxLength: 6 }), async (ranges) => {
      const pages = pagesOf(3_000, 50, { floor: 500, newer: [777, 2_000] })
      const gaps = new Gaps(pages, atOnce)
      for (const [first, length] of ranges) {
        const last = Math.min(first + length, 3_000)
        await gaps.want(first, last)
        const wanted = Array.from({ length: last - first + 1 }, (_, n) => first + n)
        const missing = wanted.filter((seq) => seq > 500 && seq !== 777 && seq !== 2_000 && !gaps.bySeq.value.has(seq))
        expect(missing).toEqual([])
        const { length: questions } = pages.asked
        await gaps.want(first, last)
        expect(pages.asked).toHaveLength(questions)
      }
      expect(gaps.isLoading.value).toBe(false)
    }),
  )
})

it('VL2: who scrolls on while a page is on its way gets what is on the screen now, not all that went by', async () => {
  const pages = pagesOf(10_000, 50)
  const gaps = new Gaps(pages, atOnce)
  const first = gaps.want(9_000, 9_100)
  for (let at = 8_900; at > 100; at -= 100) void gaps.want(at, at + 100)
  await first
  expect(pages.asked).toEqual([9_101, 301])
  expect(gaps.bySeq.value.has(200)).toBe(true)
  expect(gaps.bySeq.value.has(5_000)).toBe(false)
})

it('VL2: a page that is refused ends the asking until somebody scrolls again', async () => {
  const pages = pagesOf(1_000, 50)
  let refused = true
  const gaps = new Gaps({ ...pages, load: async (page) => (refused ? null : pages.load(page)) }, atOnce)
  await gaps.want(1, 100)
  expect(gaps.isLoading.value).toBe(false)
  refused = false
  await gaps.want(1, 100)
  expect(gaps.bySeq.value.has(1)).toBe(true)
})
