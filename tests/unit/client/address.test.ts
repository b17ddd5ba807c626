import { expect, it } from 'vitest'
import { hashOf, placeOf, views } from '../../../client/console/address.ts'

it('VW1: each view has an address, with the conversation that is open and the entry that was found', () => {
  for (const view of views) {
    const shown = view === 'all' ? {} : { view }
    for (const conversation of [null, '01J']) {
      const query = view === 'search' ? { query: 'a tent & 帐篷?' } : {}
      const entry = conversation === null ? {} : { entry: 12 }
      const place = { at: 'inbox', conversation, ...shown, ...query, ...entry } as const
      expect(placeOf(hashOf(place))).toEqual(place)
    }
  }
  expect(placeOf('#/inbox/none')).toEqual({ at: 'inbox', conversation: null })
  expect(placeOf('#/conversation/01J?entry=-1&view=x')).toEqual({ at: 'inbox', conversation: '01J' })
})
