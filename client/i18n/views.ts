/** The words of the inbox's views. */
import type { View } from '../console/address.ts'
import { catalogue } from './locale.ts'

interface ViewWords {
  readonly label: string
  readonly views: Readonly<Record<View, string>>
  /** What is there when nothing is, and what to do then. */
  readonly empty: Readonly<
    Record<
      'unassigned' | 'unassignedAway' | 'mentioned' | 'snoozed' | 'closed' | 'recorded' | 'search' | 'notFound',
      string
    >
  >
  mentionedBy(name: string): string
  readonly closedByMe: string
  readonly recorded: Readonly<Record<'closed' | 'fallback', string>>
  readonly askAgain: string
  readonly searchFor: string
  readonly foundHere: string
  readonly said: string
}

const en: ViewWords = {
  label: 'Views of the inbox',
  views: {
    all: 'All',
    mine: 'Mine',
    queues: 'My queues',
    unassigned: 'Unassigned',
    mentioned: 'Mentioned',
    snoozed: 'Laid aside',
    closed: 'Closed',
    search: 'Search',
  },
  empty: {
    unassigned: 'Nobody waits. New contacts ring at whoever is available.',
    unassignedAway: 'Nobody waits. Set yourself to available, and the next contact can ring here.',
    mentioned: 'No note names you. Colleagues name you by @ in a private note, and it is listed here.',
    snoozed: 'Nothing is laid aside. “Lay aside” in a conversation brings it back here at a time that you choose.',
    closed: 'You have closed nothing yet. The last fifty that you close are listed here.',
    recorded: 'Nothing is recorded.',
    search: 'Type a customer’s name, or words that were said.',
    notFound: 'Nothing fits. Try fewer letters.',
  },
  mentionedBy: (name) => `${name} named you in a note`,
  closedByMe: 'Closed by me',
  recorded: { closed: 'Closed by all', fallback: 'Nobody could be found' },
  askAgain: 'Ask again',
  searchFor: 'Name, or words',
  foundHere: 'Customers',
  said: 'Said',
}

const zh: ViewWords = {
  label: '收件箱视图',
  views: {
    all: '全部',
    mine: '我的',
    queues: '我的队列',
    unassigned: '未分配',
    mentioned: '提及我的',
    snoozed: '已暂缓',
    closed: '已关闭',
    search: '搜索',
  },
  empty: {
    unassigned: '无人排队。新会话会派给空闲的坐席。',
    unassignedAway: '无人排队。将状态设为空闲，下一个会话即可派给你。',
    mentioned: '没有备注提及你。同事在内部备注中用 @ 提及你后，会话会列在这里。',
    snoozed: '没有暂缓的会话。在会话中点“暂缓”，到你选定的时间它会回来。',
    closed: '你还没有关闭过会话。最近关闭的五十个会列在这里。',
    recorded: '没有记录。',
    search: '输入客户姓名，或说过的内容。',
    notFound: '没有匹配结果。请减少输入的字。',
  },
  mentionedBy: (name) => `${name} 在备注中提及你`,
  closedByMe: '由我关闭',
  recorded: { closed: '所有人关闭的', fallback: '未能接通' },
  askAgain: '重新查询',
  searchFor: '姓名或内容',
  foundHere: '客户',
  said: '说过的内容',
}

export const viewWords = catalogue({ en, zh })
