/** Where an organisation ends: among the actors too. */
import { expect, it } from 'vitest'
import { address, asId, type ConversationId } from '../../core/ids.ts'
import { threadModel } from '../../core/thread/model.ts'
import { Harness, org } from '../support/harness.ts'

it('PE3: an actor takes nothing from an actor of another organisation', () => {
  const theirs = new Harness(address(org, 'thread', asId('chat:bea')), threadModel)
  const message = { type: 'current', conversation: asId<ConversationId>('made-up'), open: true } as const
  const from = (organisation: string) => address(asId(organisation), 'conversation', asId('made-up'))
  const packet = (organisation: string) => ({ from: from(organisation), base: 1, config: 0, rows: [{ n: 1, message }] })
  expect(() => theirs.actor.receive(packet('another'))).toThrow('another organisation')
  expect(theirs.actor.receive(packet(org))).toBe(1)
})
