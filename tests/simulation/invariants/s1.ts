/**
 * S1: between actors every message has its effect exactly once, in the order in which it was sent. What an actor had taken
 * before it was restored may come to it again; all else holds for it too.
 */
import type { MakeRule } from './rule.ts'

interface Pair {
  /** What was sent and has had no effect yet, oldest first. */
  readonly waiting: { n: number; text: string }[]
  /** What the receiver had taken when it was restored. */
  again: number
  sent: number
  taken: number
}

export const s1: MakeRule = ({ hit, fail }) => {
  const pairs = new Map<string, Pair>()
  const pairOf = (from: string, to: string) => {
    const known = pairs.get(`${from}>${to}`)
    if (known !== undefined) return known
    const pair = { waiting: [], again: 0, sent: 0, taken: 0 }
    pairs.set(`${from}>${to}`, pair)
    return pair
  }
  return {
    commit({ actor, seen, home }) {
      const from = seen?.what === 'message' ? `${seen.from.org}/${seen.from.kind}/${seen.from.id}` : null
      for (const [sender, cursor] of actor.mail.inbox) {
        const pair = pairOf(sender, actor.name)
        if (cursor === pair.taken) continue
        if (sender !== from)
          return fail('S1', `${home.name} moved its cursor of ${sender} to ${cursor} without an effect`)
        pair.taken = cursor
        if (cursor <= pair.again) {
          hit('S1 again after a restore')
          return checkSent()
        }
        const text = seen?.what === 'message' ? JSON.stringify(seen.message) : ''
        const next = pair.waiting.shift()
        if (next?.n !== cursor) return fail('S1', `${home.name} took row ${cursor} of ${sender}, not row ${next?.n}`)
        if (next.text !== text) return fail('S1', `${home.name} took ${text} for ${next.text}`)
        hit('S1 effects')
        return checkSent()
      }
      if (from !== null) return fail('S1', `${home.name} let a message of ${from} have its effect and kept no cursor`)
      checkSent()

      function checkSent() {
        for (const { to, row } of actor.mail.fresh) {
          const pair = pairOf(actor.name, to)
          // Numbers go on; they may leap only when the pair had been forgotten, with nothing under way.
          if (row.n !== pair.sent + 1 && (row.n <= pair.sent || pair.waiting.length > 0)) {
            return fail('S1', `${actor.name} sent row ${row.n} to ${to} after row ${pair.sent}`)
          }
          if (row.n !== pair.sent + 1 && pair.sent > 0) hit('S1 forgotten pairs')
          pair.sent = row.n
          pair.waiting.push({ n: row.n, text: row.text })
        }
      }
    },
    restored(actor) {
      for (const [name, pair] of pairs) {
        if (!name.endsWith(`>${actor.name}`)) continue
        pair.again = Math.max(pair.again, pair.taken)
        pair.taken = 0
      }
    },
    rest() {
      for (const [name, { waiting }] of pairs) {
        if (waiting.length > 0) fail('S1', `at rest ${waiting.length} messages of ${name} have had no effect`)
      }
    },
  }
}
