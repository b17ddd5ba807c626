/** Webhooks as the carriers document them, in our words. */
import { expect, it } from 'vitest'
import { carriers } from '../../worker/channels/voice/carriers.ts'
import { webhooks } from '../fixtures/voice/webhooks.ts'
import { peers } from '../support/voice/peers.ts'

it.each(webhooks)('VO3 $carrier: $what ($source)', ({ carrier, hook, body, events }) => {
  const incoming = peers[carrier].signed('https://parley.example/', body, 0)
  expect(carriers[carrier].read(incoming, hook)).toEqual({ ok: true, value: events })
})
