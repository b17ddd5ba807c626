/** H1: nothing goes round in circles: no contact is claimed again and again within a second. */
import { AgentFacts } from '../facts/facts.ts'
import { isOf } from './judge.ts'
import type { MakeRule } from './rule.ts'

/** Far more than all agents that may try it in turn. */
const MOST = 16
const WINDOW = 1_000

export const h1: MakeRule = ({ hit, fail }) => {
  const claims = new Map<string, number[]>()
  return {
    commit({ actor, at }) {
      if (!(actor instanceof AgentFacts)) return
      for (const { to, row } of actor.mail.fresh) {
        if (!isOf('claim', row.message)) continue
        hit('H1 claims')
        const recent = [...(claims.get(to) ?? []), at].filter((each) => each > at - WINDOW)
        claims.set(to, recent)
        if (recent.length > MOST) fail('H1', `${to} was claimed ${recent.length} times in a second`)
      }
    },
  }
}
