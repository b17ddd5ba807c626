/** C2: what was acknowledged survives: it is kept under the number that its sender was told. */
import type { Ack } from '../clients/stage.ts'
import type { MakeRule } from './rule.ts'

export const c2: MakeRule = ({ world, director, hit, fail }) => {
  const known = new Map<string, Ack[]>()
  let read = 0

  function check({ conversation, sender, command, seq }: Ack) {
    hit('C2 acknowledged')
    const sql = 'SELECT seq, pub FROM entries WHERE sender = ? AND command = ?'
    const row = world.home(conversation).disk.exec(sql, sender, command)[0]
    const kept = sender.startsWith('customer:') ? row?.pub : row?.seq
    if (kept !== seq) fail('C2', `${sender} was told that ${command} is entry ${seq} of ${conversation}, it is ${kept}`)
  }

  return {
    commit({ actor }) {
      const { acks } = director.stage
      for (; read < acks.length; read++) {
        const ack = acks[read]
        if (ack === undefined) continue
        known.set(ack.conversation, [...(known.get(ack.conversation) ?? []), ack])
        check(ack)
      }
      // One old promise with each commit, all of them at rest.
      const old = known.get(actor.name)
      const ack = old?.[world.commits % old.length]
      if (ack !== undefined) check(ack)
    },
    rest() {
      for (const acks of known.values()) for (const ack of acks) check(ack)
    },
  }
}
