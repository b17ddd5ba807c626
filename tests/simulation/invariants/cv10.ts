/** CV10: marks only grow and never pass the newest entry. */
import type { Marks } from '../../../core/protocol/conversation.ts'
import { ConversationFacts } from '../facts/facts.ts'
import type { MakeRule } from './rule.ts'

export const cv10: MakeRule = ({ hit, fail }) => {
  const before = new Map<string, Marks>()
  return {
    commit({ actor, home }) {
      if (!(actor instanceof ConversationFacts)) return
      const marks = actor.marks.get('')
      if (marks === undefined) return
      const head = Number(home.disk.exec('SELECT COALESCE(MAX(pub), 0) AS head FROM entries')[0]?.head)
      for (const [side, { delivered, read }] of Object.entries(marks)) {
        hit('CV10 marks')
        const key = `${actor.name} ${side}`
        const was = before.get(key) ?? { delivered: 0, read: 0 }
        before.set(key, { delivered, read })
        const grows = delivered >= was.delivered && read >= was.read
        if (!grows || read > delivered || delivered > head) {
          fail('CV10', `${key} went from ${JSON.stringify(was)} to ${JSON.stringify({ delivered, read })}, of ${head}`)
        }
      }
    },
  }
}
