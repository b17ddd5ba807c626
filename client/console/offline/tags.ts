/** Tags as they will be, once the changes that wait here have gone out. */
import * as z from 'zod/mini'
import type { Item } from '../../net/outbox.ts'

const Change = z.object({ add: z.optional(z.array(z.string())), remove: z.optional(z.array(z.string())) })

const waits = ({ name, state }: Item) => name === 'tag' && state === 'waiting'

export const tagsWait = (items: readonly Item[]): boolean => items.some(waits)

export function tagsAfter(tags: readonly string[], items: readonly Item[]): ReadonlySet<string> {
  const after = new Set(tags)
  for (const item of items) {
    const change = waits(item) ? Change.safeParse(item.body) : null
    if (!change?.success) continue
    for (const id of change.data.add ?? []) after.add(id)
    for (const id of change.data.remove ?? []) after.delete(id)
  }
  return after
}
