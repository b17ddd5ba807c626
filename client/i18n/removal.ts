/** The words of taking away what somebody wrote. */
import type { RemovalReason } from '../../core/protocol/conversation.ts'
import { catalogue } from './locale.ts'

interface RemovalWords {
  readonly remove: string
  readonly title: string
  readonly lead: string
  readonly why: string
  readonly reasons: Readonly<Record<RemovalReason, string>>
  readonly confirm: string
  /** What its readers find in its place. */
  readonly removed: string
  removedBy(name: string, why: string): string
}

const en: RemovalWords = {
  remove: 'Remove text…',
  title: 'Remove these words?',
  lead: 'They disappear for everybody at once, from search, transcripts and exports too, and cannot be brought back.',
  why: 'Reason',
  reasons: {
    payment: 'Card or payment data',
    personal: 'Personal data',
    mistaken: 'Sent by mistake',
    abusive: 'Abusive',
    other: 'Another reason',
  },
  confirm: 'Remove',
  removed: 'This message was removed',
  removedBy: (name, why) => `Removed by ${name} · ${why}`,
}

const zh: RemovalWords = {
  remove: '移除内容…',
  title: '移除这些内容？',
  lead: '内容将立即对所有人消失，包括搜索、会话记录和导出，且无法恢复。',
  why: '原因',
  reasons: {
    payment: '银行卡或支付信息',
    personal: '个人信息',
    mistaken: '误发',
    abusive: '辱骂内容',
    other: '其他原因',
  },
  confirm: '移除',
  removed: '此消息已被移除',
  removedBy: (name, why) => `由 ${name} 移除 · ${why}`,
}

export const removalWords = catalogue({ en, zh })
