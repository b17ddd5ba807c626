/** T4: an alarm never goes on ringing with nothing to do. */
import type { MakeRule } from './rule.ts'

/** An alarm may ring too early and find nothing; it must not do so again and again. */
const IN_VAIN = 4
/** Far more than any actor here has to do in a second. */
const BUSY = 300

export const t4: MakeRule = ({ world, hit, fail }) => {
  const rings = new Map<string, { second: number; times: number }>()
  const vain = new Map<string, { times: number; changes: number }>()
  return {
    rang(home) {
      hit('T4 alarms')
      const { name } = home
      // Written, or told the record.
      const changes = home.changes + (world.told.get(name) ?? 0)
      const before = vain.get(name)
      const times = before?.changes === changes ? before.times + 1 : 0
      vain.set(name, { times, changes })
      const second = Math.floor(world.timeline.now / 1_000)
      const known = rings.get(name)
      const rung = known?.second === second ? known.times + 1 : 1
      rings.set(name, { second, times: rung })
      if (rung > BUSY) fail('T4', `the alarm of ${name} rang ${rung} times in a second`)
      if (times >= IN_VAIN) fail('T4', `the alarm of ${name} rang ${times} times in a row with nothing to do`)
    },
  }
}
