/** BA7: an actor that begins anew beside others that know an earlier life of it is heard by them. */
import { expect, it } from 'vitest'
import { Actor } from '../../core/engine/actor.ts'
import type { Packet } from '../../core/engine/mail.ts'
import { ulid } from '../../core/ulid.ts'
import { Harness } from '../support/harness.ts'
import { MemoryStore } from '../support/store.ts'
import { post, type ToyState, toyModel, toyName } from '../support/toy.ts'

const [sender, receiver] = [toyName('sender'), toyName('receiver')]

it('BA7, OB3: what a restored actor says has its effect at once, and what is late from before its loss has none', async () => {
  const hears = new Harness(receiver, toyModel())
  const packets: Packet[] = []
  const lifeFrom = (now: number) =>
    new Actor<ToyState>(sender, toyModel(), {
      store: new MemoryStore(),
      link: {
        async toActor(_to, packet) {
          packets.push(packet)
          return hears.actor.receive(packet)
        },
        async toWorld() {},
      },
      clock: { now: () => now, newId: () => ulid(now, new Uint8Array(10)), wake() {}, nudge() {} },
      sockets: { all: () => [] },
      report(error) {
        throw error
      },
    })
  const saying = async (life: Actor<ToyState>, ...words: number[]) => {
    for (const word of words) {
      life.decide((_state, turn) => post(turn, receiver, word))
      await life.delivered(receiver)
    }
  }
  const first = lifeFrom(Date.UTC(2026, 0, 1))
  await saying(first, 1, 2, 3)
  const [late] = packets.slice(-1)
  await saying(lifeFrom(Date.UTC(2026, 0, 2)), 4, 5)
  if (late !== undefined) hears.actor.receive(late)
  expect(hears.state.taken.get('sender')?.list).toEqual([1, 2, 3, 4, 5])
})
