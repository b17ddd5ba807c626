/** S2, at rest: the record equals the actors, rosters the pictures; outboxes are empty, only owned work waits. */
import type { Said } from '../../../core/conversation/state.ts'
import type { AgentFacts, ConversationFacts } from '../facts/facts.ts'
import { freeMedia } from './judge.ts'
import type { MakeRule } from './rule.ts'

/**
 * What may still be due: the engine's sweeps, the end of a conversation's retention, or of one that nobody has written to,
 * and the look at a console that owns work or has fallen silent; and what the Floor does while somebody looks.
 */
const PATIENT = 'engine:sweep'
const DUE = [PATIENT, 'engine:hello', 'liveness', 'retention', 'unwritten', 'lease', 'recall', 'interval']

export const s2: MakeRule = ({ world, facts, hit, fail }) => {
  return {
    rest() {
      for (const actor of facts.all.values()) {
        for (const [to, rows] of actor.mail.outbox)
          fail('S2', `at rest ${actor.name} keeps ${rows.length} rows for ${to}`)
        for (const [name, { at }] of actor.deadlines.entries()) {
          if (!DUE.includes(name)) fail('S2', `at rest ${actor.name} waits for ${name}, in ${at - actor.home.now()} ms`)
        }
        const { alarmAt } = actor.home
        const waking = actor.deadlines.entries().filter(([name]) => name !== PATIENT)
        const earliest = Math.min(...waking.map(([, { at }]) => at))
        if (Number.isFinite(earliest) && (alarmAt === null || alarmAt > earliest))
          fail('S2', `${actor.name} has slept through a deadline`)
        hit('S2 actors')
      }
      for (const { actor, peers, parked } of world.record.troubles.values()) {
        hit('S2 troubles')
        if (peers.length + parked.length > 0)
          fail('S2', `at rest the record still says of ${actor}: ${JSON.stringify({ peers, parked })}`)
      }
      for (const agent of facts.agents.values()) checkPicture(agent)
      checkRosters()
      for (const conversation of facts.conversations.values()) checkRecord(conversation)
    },
  }

  function checkPicture(agent: AgentFacts) {
    const { self, profile } = agent
    if (self === undefined || profile === undefined) return
    const isReady = self.presence === 'available' && !self.notResponding && self.link && profile.config !== null
    const free = JSON.stringify(isReady ? freeMedia(agent) : [])
    const items = sorted(agent.items.values().map(({ conversation, stay }) => [conversation, stay]))
    for (const { queue, picture, v } of agent.told.values()) {
      hit('S2 pictures')
      const shown = sorted(Object.entries(picture.items))
      if (JSON.stringify(picture.free) !== free || shown !== items) {
        fail(
          'S2',
          `at rest ${agent.name} has free ${free}, items ${items}; ${queue} was told ${JSON.stringify(picture)}`,
        )
      }
      const seat = facts.queues.get(queue)?.roster.get(agent.id)
      if (seat?.v !== v || JSON.stringify(seat.picture) !== JSON.stringify(picture)) {
        fail(
          'S2',
          `at rest ${queue} pictures ${agent.name} as ${JSON.stringify(seat)}, it was told ${JSON.stringify(picture)}`,
        )
      }
      if (free !== '[]' && seat?.standing.is === 'owes') fail('S2', `at rest ${queue} owes ${agent.name} an answer`)
    }
  }

  function checkRosters() {
    for (const queue of facts.queues.values()) {
      for (const { agent } of queue.roster.values()) {
        if (facts.agents.get(agent)?.told.get(queue.id) === undefined)
          fail('S2', `at rest ${queue.name} still knows ${agent}`)
      }
    }
  }

  function checkRecord({ id, talk, home, name }: ConversationFacts) {
    const rows = home.disk.exec('SELECT * FROM entries ORDER BY seq')
    if (rows.length === 0) return
    hit('S2 records')
    const record = world.record.conversations.get(id)
    const owner = talk.owner?.agent ?? null
    const isSame =
      record?.version === rows.length &&
      record.entries === rows.length &&
      record.status === statusOf(talk) &&
      record.owner === owner &&
      record.closedAt === (talk.closed?.at ?? null) &&
      record.openedAt === (talk.openedAt ?? 0)
    if (!isSame)
      fail('S2', `the record says of ${name}: ${JSON.stringify(record)}; it is ${statusOf(talk)}, owned by ${owner}`)
    for (const row of rows) {
      const said: Said = JSON.parse(String(row.body))
      const { seq, pub, command } = row
      const entry = { stream: 'staff', seq, pub, at: said.at, id: command, from: said.from, body: said.body }
      const recorded = world.record.entries.get(id)?.get(Number(seq))?.entry
      if (JSON.stringify(recorded) !== JSON.stringify(entry))
        fail('S2', `the record has entry ${seq} of ${name} as ${JSON.stringify(recorded)}`)
    }
  }
}

function statusOf({ closed, owner, openedAt, fallback, offer }: ConversationFacts['talk']): string {
  if (closed !== null) return 'closed'
  if (owner !== null) return 'talking'
  if (openedAt === null) return 'new'
  return fallback !== null && offer === null ? 'fallback' : 'waiting'
}

function sorted(pairs: readonly (readonly [string, number])[]): string {
  return JSON.stringify([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)))
}
