/** What becomes of a word of the old conversation in the one that follows it. */
import type { Item } from '../net/outbox.ts'

/**
 * Words that the old conversation certainly did not take go on by themselves. Of those that were sent and never answered
 * nobody can say: they are shown, and the person decides. Another conversation would take them a second time.
 */
export function carried(item: Item): readonly Item[] {
  if (item.state === 'accepted') return []
  // It says the same of the customer, wherever it is said.
  if (item.name === 'introduce') return [{ ...item, state: 'waiting', sent: false, refusal: null }]
  if (item.state === 'failed') {
    return item.refusal?.code === 'closed' ? [{ ...item, state: 'waiting', sent: false, refusal: null }] : [item]
  }
  return item.sent ? [{ ...item, state: 'failed', refusal: { code: 'unsure', message: '' } }] : [item]
}
