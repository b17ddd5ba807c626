/**
 * TH1: a customer of a channel has one current conversation: a thread opens no second one beside one that it knows to
 * be open, and no conversation reopens that knows its successor. The two may cross on their way.
 */
import { ConversationFacts } from '../facts/facts.ts'
import { isOf } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const th1: MakeRule = ({ facts, hit, fail }) => {
  const wasClosed = new Map<string, boolean>()
  return {
    commit({ actor, home, seen }) {
      if (actor instanceof ConversationFacts) {
        const { closed, next } = actor.talk
        const reopens = wasClosed.get(actor.name) === true && closed === null
        wasClosed.set(actor.name, closed !== null)
        if (reopens && next !== null) fail('TH1', `${actor.name} reopens, though it knows of ${next}`)
        if (reopens) hit('TH1 reopened')
      }
      // What the shell brings to a thread is no message of another actor.
      if (home.address.kind !== 'thread' || seen !== null) return
      for (const { to, row } of actor.mail.fresh) {
        if (!isOf('start', row.message) || row.message.medium !== 'chat') continue
        hit('TH1 begun')
        for (const old of facts.conversations.values()) {
          if (old.name === to || old.talk.begun?.thread !== actor.name || old.talk.closed !== null) continue
          const isTelling = facts.underWay(old, actor.name).some((m) => isOf('current', m))
          if (!isTelling) fail('TH1', `${actor.name} opens ${to} beside ${old.name}`)
        }
      }
    },
  }
}
