/** The words of the form of a medium. */
import type { MediumClass } from '../../core/protocol/media.ts'
import { catalogue } from './locale.ts'

const en = {
  classes: { continuous: 'somebody waits for each word', intermittent: 'can wait' } as Record<MediumClass, string>,
  classLeads: {
    continuous: 'Somebody is there and waits for each word.',
    intermittent: 'Nobody sits there: it is done when there is time, and waits while somebody is there.',
  } as Record<MediumClass, string>,
  atOnce: (n: number) => `${n} at once`,
  fields: {
    most: 'The most that agents may set for themselves',
    weight: 'Weight of one',
    ring: 'Rings for so many seconds',
    wrap: 'After-work, in seconds',
    wrapMore: 'It may be made longer by, in seconds',
    grace: 'Kept for a console that has gone, in seconds',
  },
  mostHint: 'Empty: 50.',
  weightHint: 'What one takes of the total that an agent may have, where that is set.',
  ringHint: (usual: number) => `Empty: as all others, ${usual}.`,
  wrapMoreHint: 'Empty: not at all.',
  graceHint: 'Then it is given to somebody else.',
  exclusive: 'Nothing else beside it',
  interruptible: 'Can wait',
  interruptibleHint: 'It is set aside while the agent does something that cannot wait, and comes back by itself.',
}
type MediaFormWords = typeof en

const zh: MediaFormWords = {
  classes: { continuous: '客户在线等待', intermittent: '可以等待' },
  classLeads: {
    continuous: '客户在线，等待每一句回复。',
    intermittent: '没有客户在线等待：有空时处理，有在线客户时先放一放。',
  },
  atOnce: (n) => `同时 ${n} 个`,
  fields: {
    most: '坐席自己最多可设为',
    weight: '每个的权重',
    ring: '振铃秒数',
    wrap: '事后处理时间（秒）',
    wrapMore: '最多可延长（秒）',
    grace: '工作台断开后保留（秒）',
  },
  mostHint: '留空为 50。',
  weightHint: '坐席设有总量时，每个占用多少。',
  ringHint: (usual) => `留空则与其他相同：${usual}。`,
  wrapMoreHint: '留空则不可延长。',
  graceHint: '到时转给其他坐席。',
  exclusive: '处理时不接其他工作',
  interruptible: '可中断',
  interruptibleHint: '坐席处理不能等待的工作时暂放，之后自动恢复。',
}

export const mediaFormWords = catalogue({ en, zh })
