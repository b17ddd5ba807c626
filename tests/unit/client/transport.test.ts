/** The whole of the client's link (socket, poll, stream, outbox) on a network that loses, delays, doubles and reorders. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { kept } from '../../../client/net/kept.ts'
import { Peer } from '../../../client/net/peer.ts'
import { logOf } from '../../../client/net/stream.ts'
import { LINK_DEAD_AFTER } from '../../../core/protocol/link.ts'
import { pass } from './around.ts'
import { chance, ModelActor, Wire, weathers } from './wire.ts'

const Entry = z.object({ seq: z.number(), id: z.string(), text: z.string() })
type Entry = z.infer<typeof Entry>

const SEEDS = Number(process.env['PARLEY_WIRE_SEEDS'] ?? 40)
const GROUP = 4
const STEP = 500
/** How often the line is looked at, and how long a frame on a fine line takes, in ms. */
const SLACK = 2 * STEP + 1_000
/** A poll without an answer is given up after so long, in ms. */
const POLL_DEAD_AFTER = 30_000

beforeEach(() => {
  vi.useFakeTimers()
  // The platform's own runs by the real clock.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), ms)
    return stop.signal
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** One person's page at a conversation, which can be reloaded. */
class Page {
  readonly wire: Wire
  readonly #kept
  peer: Peer<readonly Entry[]>

  constructor(wire: Wire) {
    this.wire = wire
    const storage = new Map<string, string>()
    this.#kept = kept(
      {
        tab: 'tab',
        locks: undefined,
        watch: () => () => {},
        storage: {
          getItem: (key) => storage.get(key) ?? null,
          setItem: (key, value) => void storage.set(key, value),
          removeItem: (key) => void storage.delete(key),
          key: (at) => [...storage.keys()][at] ?? null,
          get length() {
            return storage.size
          },
        },
      },
      's.ada.c1',
    )
    this.peer = this.#open()
  }

  /** What was kept of the stream comes back with the page, as in the console. */
  reload(): void {
    const { position } = this.peer
    const value = this.peer.value.peek()
    this.peer.end()
    this.peer = this.#open()
    this.peer.begin(value, position)
  }

  #open(): Peer<readonly Entry[]> {
    return new Peer({
      around: this.wire,
      path: 'conversation/c1',
      ticket: this.wire.ticket,
      folder: logOf(Entry),
      kept: this.#kept,
      confirmed: (entries) => new Set(entries.map(({ id }) => id)),
    })
  }
}

/** A few minutes of a talk in changing weather, then a fine day; throws at the first thing that is wrong. */
async function talk(seed: number): Promise<void> {
  const random = chance(seed)
  const pick = <T>(all: readonly T[]): T => {
    const one = all[Math.floor(random() * all.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }
  const actor = new ModelActor(random)
  const page = new Page(new Wire(actor, random))
  const { wire } = page
  const written: string[] = []
  let seen = 0
  const check = () => {
    const shown = page.peer.value.peek()
    // As the actor has them, each once and in order, without a gap.
    expect(shown).toEqual(actor.events.slice(0, shown.length).map(({ body }) => body))
    // What was on the screen does not go away again.
    expect(shown.length).toBeGreaterThanOrEqual(seen)
    seen = shown.length
    const now = Date.now()
    if (page.peer.link.peek() === 'live') {
      expect(now - wire.heardAt).toBeLessThanOrEqual(LINK_DEAD_AFTER + SLACK)
      expect(now - wire.answeredAt).toBeLessThanOrEqual(2 * LINK_DEAD_AFTER + SLACK)
    }
    if (page.peer.link.peek() === 'polling') expect(now - wire.heardAt).toBeLessThanOrEqual(POLL_DEAD_AFTER + SLACK)
  }
  const steps = async (count: number) => {
    for (let i = 0; i < count; i++) {
      if (random() < 0.1) {
        written.push(`word ${written.length + 1}`)
        void page.peer.command('post', { text: written.at(-1) }, { words: true })
      }
      if (random() < 0.1) actor.add(`theirs-${actor.events.length}`, 'theirs')
      if (random() < 0.02) wire.snap(pick([1006, 1012]))
      if (random() < 0.02) wire.sign(pick(['online', 'visible']))
      if (random() < 0.01) page.reload()
      if (random() < 0.01) actor.epoch = `epoch-${random()}`
      await pass(STEP)
      check()
    }
  }

  for (let i = 0; i < 12; i++) {
    wire.weather = pick(weathers)
    await steps(Math.ceil(random() * 60))
  }
  wire.weather = {}
  await pass(120_000)
  // Of a stream that has lost its last event nobody can know before the next one.
  actor.add('last', 'last')
  await pass(60_000)
  check()
  expect(page.peer.value.peek()).toHaveLength(actor.events.length)
  expect(page.peer.items.peek()).toEqual([])
  expect(page.peer.link.peek()).toBe('live')
  const arrived = actor.events.flatMap(({ body }) => Entry.parse(body).text)
  expect(arrived.filter((text) => text.startsWith('word'))).toEqual(written)
  page.peer.end()
}

const groups = Array.from({ length: Math.ceil(SEEDS / GROUP) }, (_, at) => at * GROUP + 1)

it.each(groups)(
  'WS12: on any network no word is lost, doubled or out of order, and the badge does not lie (seeds from %i)',
  async (first) => {
    for (let seed = first; seed < first + GROUP; seed++)
      await talk(seed).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error })
      })
  },
)
