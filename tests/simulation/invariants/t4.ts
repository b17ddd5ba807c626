/** T4: an alarm never goes on ringing with nothing to do. */
import type { MakeRule } from './rule.ts'

/** An alarm may ring too early and find nothing; it must not do so again and again. */
const IN_VAIN = 4

export const t4: MakeRule = ({ hit, fail }) => {
  const vain = new Map<string, { times: number; changes: number }>()
  return {
    rang({ name, changes }) {
      hit('T4 alarms')
      const before = vain.get(name)
      const times = before?.changes === changes ? before.times + 1 : 0
      vain.set(name, { times, changes })
      if (times >= IN_VAIN) fail('T4', `the alarm of ${name} rang ${times} times in a row with nothing to do`)
    },
  }
}
