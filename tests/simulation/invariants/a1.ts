/** A1: an item is added, not by force, only where capacity and exclusivity allow. */
import type { Item } from '../../../core/agent/state.ts'
import { AgentFacts } from '../facts/facts.ts'
import { hasRoom } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const a1: MakeRule = ({ hit, fail }) => {
  const before = new Map<string, Map<string, Item>>()
  return {
    commit({ actor, seen }) {
      if (!(actor instanceof AgentFacts)) return
      const known = before.get(actor.name)
      const items = new Map(actor.items.entries())
      before.set(actor.name, items)
      for (const item of items.values()) {
        const was = known?.get(item.conversation)
        // A reservation, or a lease given by hand, is a new item even in the place of an old one.
        if (was !== undefined && was.res === item.res && (item.res !== null || was.lease === item.lease)) continue
        const message = seen?.what === 'message' ? seen.message : null
        const isForced = message?.type === 'assign' && message.force && message.lease === item.lease
        if (isForced) {
          hit('A1 by force')
          continue
        }
        hit('A1 added')
        const others = [...items.values()].filter((other) => other !== item)
        if (!hasRoom(actor, item.medium, others)) {
          fail('A1', `${actor.name} took ${item.medium} ${item.conversation} beside ${JSON.stringify(others)}`)
        }
      }
    },
  }
}
