/** The words of a saved transcript. A key that one language lacks does not compile. */
const en = {
  title: (organisation: string) => `Conversation with ${organisation}`,
  about: 'About this conversation',
  number: 'Number',
  saved: 'Saved',
  zone: 'Times of',
  customer: 'Customer',
  you: 'You',
  note: 'Note, for colleagues only',
  joined: (name: string) => `${name} has joined`,
  left: (name: string) => `${name} has left`,
  closed: { customer: 'Ended by the customer', agent: 'Closed', system: 'Closed' },
  closedByYou: 'You ended the chat',
  reopened: 'The conversation goes on',
  held: 'Asked to wait a moment',
  resumed: 'The wait is over',
  removed: 'What stood here was removed',
  erased: 'What was said here was erased',
  transferred: 'Handed over',
  rated: (rating: number) => `Rated ${rating} of 5`,
  contact: 'Left to be reached',
  nothing: 'Nothing was said.',
}
export type TranscriptWords = typeof en

const zh: TranscriptWords = {
  title: (organisation) => `与${organisation}的会话`,
  about: '会话信息',
  number: '会话编号',
  saved: '保存时间',
  zone: '时区',
  customer: '客户',
  you: '您',
  note: '内部备注，仅同事可见',
  joined: (name) => `${name} 已加入`,
  left: (name) => `${name} 已离开`,
  closed: { customer: '客户结束了会话', agent: '会话已关闭', system: '会话已关闭' },
  closedByYou: '您结束了会话',
  reopened: '会话已恢复',
  held: '已请客户稍候',
  resumed: '等候结束',
  removed: '此处内容已移除',
  erased: '会话内容已删除',
  transferred: '已转接',
  rated: (rating) => `评分 ${rating} / 5`,
  contact: '留下的联系方式',
  nothing: '没有任何内容。',
}

const catalogue = { en, zh }
export type TranscriptLocale = keyof typeof catalogue
export const wordsOf = (locale: TranscriptLocale): TranscriptWords => catalogue[locale]

/** The first of these wishes, as browsers write them (`zh-CN,zh;q=0.9`), that there are words for. */
export function localeOf(...wishes: (string | null | undefined)[]): TranscriptLocale {
  for (const wish of wishes.flatMap((list) => list?.split(',') ?? [])) {
    const [language] = wish.trim().toLowerCase().split(/[-;]/)
    if (language === 'en' || language === 'zh') return language
  }
  return 'en'
}
