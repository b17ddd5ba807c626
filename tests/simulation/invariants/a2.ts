/** A2: at most one live call per agent, even by force. */
import { AgentFacts } from '../facts/facts.ts'
import { isLive } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const a2: MakeRule = ({ hit, fail }) => ({
  commit({ actor }) {
    if (!(actor instanceof AgentFacts)) return
    const calls = actor.items.values().filter(({ medium, state }) => isLive(medium) && state !== 'wrap')
    if (calls.length > 0) hit('A2 calls')
    if (calls.length > 1) fail('A2', `${actor.name} has ${calls.length} live calls: ${JSON.stringify(calls)}`)
  },
})
