/** FL, at rest, where somebody looks: the Floor shows what queues and agents are, and counts what the record holds. */
import { isWatched } from '../../../core/floor/state.ts'
import { AgentReport, QueueReport } from '../../../core/reports/report.ts'
import type { MakeRule } from './rule.ts'

export const fl: MakeRule = ({ world, facts, director, hit, fail }) => {
  return {
    rest() {
      const floor = director.onlooker.floor
      const entered = floor?.enter((actor) => actor.state)
      if (floor == null || entered?.ok !== true) return
      const state = entered.value
      if (!isWatched(state, floor.now()) || state.known.get().version === 0) return
      checkPresent()
      checkFigures()

      function checkPresent() {
        const { queues, agents } = state.known.get()
        for (const id of Object.keys(queues)) {
          const queue = facts.queues.get(id)
          if (queue === undefined) continue
          hit('FL queues')
          const there = queue.entries.values().filter(({ rung }) => rung === undefined)
          const oldest = there.length === 0 ? null : Math.min(...there.map(({ since }) => since))
          same(`queue ${id}`, state.queues.get(id), { type: 'queue-now', waiting: there.length, oldest })
        }
        for (const id of Object.keys(agents)) {
          const { self, items } = facts.agents.get(id) ?? {}
          if (self === undefined || items === undefined) continue
          hit('FL agents')
          const { presence, notResponding, link, items: shown } = state.agents.get(id) ?? {}
          const mine = items.values().filter((item) => item.state !== 'claiming')
          const names = (list: readonly { conversation: string; state: string }[] = []) =>
            list.map((item) => `${item.conversation} ${item.state}`).sort()
          same(
            `agent ${id}`,
            { presence, notResponding, link, items: names(shown) },
            { presence: self.presence, notResponding: self.notResponding, link: self.link, items: names(mine) },
          )
        }
      }

      function checkFigures() {
        const { tally } = state
        // Who has just lost its memory asks with the first turn of its life.
        if (tally === null && !state.asked) return
        if (tally === null) return fail('FL', 'at rest the Floor has no figures')
        const { policy, queues, agents } = state.known.get()
        for (const [name, span] of [
          ['today', tally.today],
          ['interval', tally.interval],
        ] as const) {
          const byQueue = new QueueReport([span], policy)
          const byAgent = new AgentReport([span], span.to)
          for (const segment of world.record.segments.values()) {
            byQueue.add(segment)
            byAgent.add(segment)
          }
          for (const [key, time] of world.record.intervals)
            if (time.endedAt !== null) byAgent.addTime(key.split(' ')[0] ?? '', time)
          for (const id of Object.keys(queues)) {
            same(`${name} of queue ${id}`, tally.queue(id)[name], byQueue.of(id))
            hit('FL offered', byQueue.of(id).offered)
          }
          for (const id of Object.keys(agents)) same(`${name} of agent ${id}`, tally.agent(id)[name], byAgent.of(id))
        }
      }
    },
  }

  function same(what: string, shown: unknown, is: unknown) {
    const [a, b] = [JSON.stringify(shown), JSON.stringify(is)]
    if (a !== b) fail('FL', `at rest the Floor shows of ${what}: ${a}; it is ${b}`)
  }
}
