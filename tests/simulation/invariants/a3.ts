/** A3: claiming and ringing end within their timers; none at rest. */
import { AgentFacts } from '../facts/facts.ts'
import type { MakeRule } from './rule.ts'

/** What a refusing storage adds: a deadline whose handler threw is tried again a minute later. */
const AFTER_A_REFUSAL = 60_000

export const a3: MakeRule = ({ world, director, facts, hit, fail }) => {
  /** Since when an item claims or rings, in real time. */
  const since = new Map<string, number>()
  const { ring, claim } = director.timings
  const { skew, alarmLate, down, refuse } = world.weather
  const late = alarmLate + 2 * skew + 3 * down + (refuse > 0 ? AFTER_A_REFUSAL : 0) + 10

  return {
    commit({ actor, at }) {
      if (!(actor instanceof AgentFacts)) return
      for (const key of since.keys()) if (key.startsWith(`${actor.name} `) && !isStill(actor, key)) since.delete(key)
      for (const item of actor.items.values()) {
        if (item.state !== 'claiming' && item.state !== 'ringing') continue
        hit(`A3 ${item.state}`)
        const key = `${actor.name} ${item.conversation} ${item.state} ${item.res} ${item.lease}`
        const began = since.get(key) ?? at
        since.set(key, began)
        const most = (item.state === 'claiming' ? claim : ring) + late
        if (at - began > most)
          fail('A3', `${actor.name} is ${item.state} ${item.conversation} for ${at - began} ms, not ${most}`)
      }
    },
    rest() {
      for (const agent of facts.agents.values()) {
        for (const { state, conversation } of agent.items.values()) {
          if (state !== 'owned') fail('A3', `at rest ${agent.name} is ${state} ${conversation}`)
        }
      }
    },
  }

  function isStill(agent: AgentFacts, key: string): boolean {
    return agent.items.values().some((i) => key === `${agent.name} ${i.conversation} ${i.state} ${i.res} ${i.lease}`)
  }
}
