/** The words of the page on how contacts ring, and the reasons of agents. */
import { catalogue } from './locale.ts'

const en = {
  spans: {
    ring: 'A contact rings for, in seconds',
    cooldown: 'The same agent is not asked again for, in seconds',
    prefer: 'A customer who comes back rings at the last agent alone for, in seconds',
    reopen: 'A customer may reopen a closed conversation for, in minutes',
  },
  spanHints: { ring: undefined, cooldown: undefined, prefer: '0: not at all.', reopen: undefined },
  missed: 'Missed contacts in a row that set an agent to away',
  missedHint: '0: never.',
  reasons: 'Reasons',
  away: 'For being away, one a line',
  decline: 'For declining a contact, one a line',
  declineHint: 'None: any words will do.',
}

const zh: typeof en = {
  spans: {
    ring: '振铃时长（秒）',
    cooldown: '多久内不再询问同一坐席（秒）',
    prefer: '老客户先只振铃上次的坐席（秒）',
    reopen: '客户可重开已关闭会话的时间（分钟）',
  },
  spanHints: { ring: undefined, cooldown: undefined, prefer: '0 表示不优先。', reopen: undefined },
  missed: '连续未接多少次后设为离开',
  missedHint: '0 表示从不。',
  reasons: '原因',
  away: '离开的原因，每行一个',
  decline: '拒绝联络的原因，每行一个',
  declineHint: '不设则可写任意文字。',
}

export const workRuleWords = catalogue({ en, zh })
