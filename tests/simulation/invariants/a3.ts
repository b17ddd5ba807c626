/** A3: claiming and ringing end within their timers; none at rest. */
import { Timings } from '../../../core/protocol/config.ts'
import { AgentFacts } from '../facts/facts.ts'
import type { MakeRule } from './rule.ts'

/** What a refusing storage adds: a deadline whose handler threw is tried again a minute later. */
const AFTER_A_REFUSAL = 60_000

interface Since {
  readonly at: number
  /** The timer's length as the agent knew it. */
  readonly timer: number
  readonly crashes: number
  readonly refusals: number
}

/** An agent that has heard of no configuration yet goes by the defaults. */
const defaults = Timings.parse({})

export const a3: MakeRule = ({ world, facts, hit, fail }) => {
  /** Since when an item claims or rings, in real time, and what its actor had been through by then. */
  const since = new Map<string, Since>()
  const { skew, alarmLate, down } = world.weather

  /** How much later than its timer an item may end: a clock jumps, a machine is away, a storage refuses. */
  function late({ crashes, refusals }: Since, { home }: AgentFacts): number {
    const times = home.crashes - crashes
    return alarmLate + 10 + times * (2 * skew + down + 2_000 + alarmLate) + (home.refusals - refusals) * AFTER_A_REFUSAL
  }

  return {
    commit({ actor, at, home }) {
      if (!(actor instanceof AgentFacts)) return
      for (const key of since.keys()) if (key.startsWith(`${actor.name} `) && !isStill(actor, key)) since.delete(key)
      for (const item of actor.items.values()) {
        if (item.state !== 'claiming' && item.state !== 'ringing') continue
        hit(`A3 ${item.state}`)
        const key = `${actor.name} ${item.conversation} ${item.state} ${item.res} ${item.lease}`
        const { claim, ring: usual, prefer } = actor.profile?.timings ?? defaults
        const ring = actor.profile?.media[item.medium]?.ring ?? usual
        // By hand it may ring as long as a customer who came back is kept for this agent, or as a plan prefers one.
        const there = facts.conversations.get(item.conversation)
        const wishes = there?.talk.seek?.steps ?? []
        const said = there?.known.get('')?.pinned?.rings?.[item.medium] ?? 0
        const byHand = Math.max(ring, said, prefer, ...wishes.map((step) => step.prefer?.ring ?? 0))
        const timer = item.state === 'claiming' ? claim : item.res === null ? byHand : ring
        const began = since.get(key) ?? { at, timer, crashes: home.crashes, refusals: home.refusals }
        since.set(key, began)
        const most = began.timer + late(began, actor)
        if (at - began.at > most)
          fail('A3', `${actor.name} is ${item.state} ${item.conversation} for ${at - began.at} ms, not ${most}`)
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
