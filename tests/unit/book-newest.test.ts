/** What Book sends to whoever has a configuration already. */
import { expect, it } from 'vitest'
import { bookModel, newestUnless, publish } from '../../core/book/model.ts'
import { Actor } from '../../core/engine/actor.ts'
import { address, asId } from '../../core/ids.ts'
import { ManualClock, org } from '../support/harness.ts'
import { MemoryStore } from '../support/store.ts'

const config = (name: string) => ({
  organisation: name,
  queues: { sales: { name: 'Sales' } },
  plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
  entrances: { chat: 'chat' },
  agents: {},
})

/** A Book at a time of the day. */
function openBook(clock = new ManualClock()) {
  const book = new Actor(address(org, 'book', asId('book')), bookModel, {
    store: new MemoryStore(),
    link: { toActor: async (_, packet) => packet.rows.at(-1)?.n ?? 0, toWorld: async () => {} },
    clock: { now: () => clock.now(), newId: () => clock.newId(), wake() {}, nudge() {} },
    sockets: { all: () => [] },
    report(error) {
      throw error
    },
  })
  const say = (name: string) =>
    book.once('olga', `publish-${name}`, (state, turn) => publish(state, turn, { by: 'olga', config: config(name) }))
  const ask = (mark: string) => {
    const answer = newestUnless(book.state, mark)
    if (!answer.ok) throw new Error(answer.error.code)
    return answer.value
  }
  return { say, ask, book }
}

it('BK8: sends the configuration once, then only that it is the same, until there is another', () => {
  const { say, ask, book } = openBook()
  expect(newestUnless(book.state, '')).toMatchObject({ ok: false, error: { code: 'not_found' } })
  say('One')
  const first = ask('')
  expect(first.published).toMatchObject({ version: 1, config: { organisation: 'One' } })
  expect(ask(first.mark)).toEqual({ mark: first.mark })
  say('Two')
  const second = ask(first.mark)
  expect(second.published).toMatchObject({ version: 2, config: { organisation: 'Two' } })
  expect(ask(second.mark)).toEqual({ mark: second.mark })
})

it('BK8: a Book that went back to an earlier day and counts on from there is not taken for the one before', () => {
  const lost = openBook()
  lost.say('One')
  lost.say('Two')
  const { mark } = lost.ask('')
  const later = new ManualClock()
  later.time += 60_000
  const restored = openBook(later)
  restored.say('One')
  restored.say('Another two')
  expect(restored.ask(mark).published).toMatchObject({ version: 2, config: { organisation: 'Another two' } })
})
