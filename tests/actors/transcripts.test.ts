/** Transcripts of long conversations: written as they are read, page by page, and never by an older one over a newer. */
import { runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { say } from '../../core/conversation/entries.ts'
import { keepTranscript, Transcript, transcriptKey } from '../../worker/life/transcripts.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'

let acme: Company
beforeAll(async () => {
  acme = await Company.found('acme')
})
afterEach(() => void vi.restoreAllMocks())

/** Adds so many messages to a conversation. */
const write = (id: string, texts: readonly string[]) =>
  runInDurableObject(acme.conversation(id), ({ actor }) =>
    actor.decide((state, turn) => {
      for (const text of texts) say(state, turn, { type: 'message', text })
    }),
  )
const keep = (id: string, version: number) => keepTranscript(env, 'acme', id, version, { always: true })
const kept = async (id: string) => Transcript.parse(await (await env.FILES.get(transcriptKey('acme', id)))?.json())

describe('a long transcript', () => {
  it('LD14 passes in pieces of a page, however long it is, and holds every entry', async () => {
    const id = await acme.enter('mia')
    const texts = Array.from({ length: 400 }, (_, n) => `${n} ${'ä'.repeat(1_000)}`)
    await write(id, texts)
    const sizes: number[] = []
    const bytes = await bytesOf(id)
    const { put } = env.FILES
    vi.spyOn(env.FILES, 'put').mockImplementation(async (key, body, options) => {
      if (!(body instanceof ReadableStream)) throw new TypeError('the whole of it at once')
      const watched = body.pipeThrough(
        new TransformStream({
          transform(chunk: Uint8Array, controller) {
            sizes.push(chunk.byteLength)
            controller.enqueue(chunk)
          },
        }),
      )
      const { readable, writable } = new FixedLengthStream(bytes)
      void watched.pipeTo(writable).catch(() => {})
      return put.call(env.FILES, key, readable, options)
    })
    await keep(id, 1)
    const { entries } = await kept(id)
    expect(entries.map(({ body }) => body.type === 'message' && body.text)).toEqual(texts)
    expect(bytes).toBeGreaterThan(800_000)
    expect(Math.max(...sizes)).toBeLessThan(100_000)
  })

  it('LD12 gives way to a newer one that was written meanwhile', async () => {
    const id = await acme.enter('noah')
    await write(id, ['first'])
    const { put } = env.FILES
    vi.spyOn(env.FILES, 'put').mockImplementationOnce(async (...args) => {
      await write(id, ['second'])
      await keep(id, 2)
      return put.apply(env.FILES, args)
    })
    await expect(keep(id, 1)).rejects.toThrow('changed')
    expect((await kept(id)).entries).toHaveLength(2)
    // What is there is newer already.
    await keep(id, 1)
    expect((await kept(id)).entries).toHaveLength(2)
  })
})

/** How many bytes the object will have. */
async function bytesOf(id: string): Promise<number> {
  const pages = []
  for (let after: number | null = 0; after !== null; ) {
    const page = await acme.conversation(id).transcript(after)
    pages.push(page)
    after = page.next
  }
  const [first] = pages
  const whole = { v: 1, conversation: first?.conversation, entries: pages.flatMap(({ entries }) => entries) }
  return new TextEncoder().encode(JSON.stringify(whole)).byteLength
}
