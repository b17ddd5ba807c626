/** What happened in a conversation, in a sentence. */
import { own } from '../../../core/own.ts'
import type { StaffEntry } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { dateTime } from '../../i18n/locale.ts'
import { attributeName, detailsIn, dispositionName, tagName } from '../desk.ts'
import { agentName, queueName } from '../work.ts'

type Happened = Exclude<StaffEntry['body'], { type: 'message' | 'note' | 'file' | 'removed' | 'removal' }>

export function eventText(body: Happened): string {
  const t = words.value.event
  switch (body.type) {
    case 'joined':
      return t.joined(body.name)
    case 'left':
      return t.left(body.name)
    case 'closed':
      return t.closed[body.by]
    case 'reopened':
      return t.reopened
    case 'held':
      return t.held
    case 'resumed':
      return t.resumed
    case 'erased':
      return t.erased[body.why]
    case 'consulting':
      return t.consulting(body.agent === true ? agentName(body.to) : queueName(body.to), body.note ?? '')
    case 'consulted':
      return t.consulted(agentName(body.agent, body.name))
    case 'consult-ended':
      return body.agent === null ? t.consultWithdrawn : t.consultEnded[body.how](agentName(body.agent))
    case 'pulled-back':
      return t.pulledBack
    case 'waiting':
      if (body.consult === true) return t.consultSought(body.queues.map(queueName).join(', '))
      return body.queues.length === 0 ? t.noLongerWaiting : t.waiting(body.queues.map(queueName).join(', '))
    case 'offered':
      if (body.why === 'pulled') return t.pulled(agentName(body.agent))
      return body.consult === true ? t.asked(agentName(body.agent)) : t.offered(agentName(body.agent))
    case 'declined':
      if (body.how === 'taken') return t.overtaken(agentName(body.agent))
      return t.declined(
        agentName(body.agent),
        [whyText(body.why), body.word ?? ''].filter((each) => each !== '').join(' · '),
      )
    case 'lost':
      return t.lost(agentName(body.agent))
    case 'transferred':
      return t.transferred(body.agent === true ? agentName(body.to) : queueName(body.to), body.note ?? '')
    case 'fallback':
      return t.fallback
    case 'bot':
      return t.bot(body.flow)
    case 'bot-ended':
      return [t.botEnded[body.how], body.problem ?? ''].filter((each) => each !== '').join(' · ')
    case 'tagged':
      return [...body.add.map((id) => `+ ${tagName(id)}`), ...body.remove.map((id) => `− ${tagName(id)}`)].join(', ')
    case 'disposed':
      return body.disposition === null ? t.noDisposition : t.disposed(dispositionName(body.disposition))
    case 'described':
      return Object.entries(body.attributes)
        .map(
          ([id, value]) => `${attributeName(id)}: ${value === true ? t.yes : value === false ? t.no : (value ?? '–')}`,
        )
        .join(', ')
    case 'snoozed':
      return t.snoozed[body.why](dateTime(body.until))
    case 'woken':
      return t.woken[body.by]
    case 'rated':
      return t.rated(body.rating, body.comment)
    case 'contact':
      return `${body.name} · ${body.email}`
    case 'introduced':
      return detailsIn(body.fields)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', ')
    case 'merged':
      return t.merged
    case 'not-merged':
      return t.notMerged
    case 'unmerged':
      return t.unmerged
    case 'joined-by':
      return t.joinedBy
    case 'parted':
      return t.parted
    case 'split':
      return t.split(body.first, body.last)
    case 'split-from':
      return t.splitFrom(body.first, body.last)
  }
}

/** Why an offer ended: a reason that people gave, or one of those that programs know. */
export const whyText = (why: string): string => own(words.value.event.obstacles, why) ?? why
