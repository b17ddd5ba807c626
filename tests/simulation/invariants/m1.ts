/** M1: memory is a cache: what the living actor has in memory is what it has stored. */
import type { MakeRule } from './rule.ts'

export const m1: MakeRule = ({ hit, fail }) => ({
  commit({ home, actor }) {
    for (const [tab, rows] of home.memory) {
      const kept = actor.stored.get(tab) ?? new Map<string, string>()
      const known = rows()
      hit('M1 parts')
      if (known.length !== kept.size)
        return fail('M1', `${home.name} has ${known.length} rows of ${tab}, stored are ${kept.size}`)
      for (const [key, value] of known) {
        const text = JSON.stringify(value)
        if (kept.get(key) !== text)
          return fail('M1', `${home.name} has ${tab} ${key} ${text}, stored is ${kept.get(key)}`)
      }
    }
  },
})
