/** The words of splitting a conversation. */
import { catalogue, plural } from './locale.ts'

interface SplitWords {
  readonly split: string
  readonly title: string
  readonly lead: string
  readonly first: string
  readonly last: string
  readonly toNewest: string
  readonly confirm: string
  /** What a message that is no text is called in a list. */
  file(name: string): string
  /** In the new one, over the messages that it was begun with. */
  origin(n: number): string
  readonly loading: string
  readonly none: string
  readonly openOrigin: string
  readonly more: string
}

const en: SplitWords = {
  split: 'New conversation from here…',
  title: 'Begin a new conversation with these messages?',
  lead: 'The customer goes on there, with the same agent. This one is closed; each leads to the other, and it can be taken back.',
  first: 'From',
  last: 'Up to',
  toNewest: 'the newest message',
  confirm: 'Begin',
  file: (name) => `File: ${name}`,
  origin: (n) => plural('en', n, { one: 'Begun with # message', other: 'Begun with # messages' }),
  loading: 'Fetching what this conversation was begun with…',
  none: 'What this conversation was begun with is gone.',
  openOrigin: 'Open the earlier conversation',
  more: 'More of them',
}

const zh: SplitWords = {
  split: '从此处新建会话…',
  title: '用这些消息新建会话？',
  lead: '客户将在新会话中继续，由同一坐席服务。当前会话将关闭；两者互相链接，并可撤销。',
  first: '从',
  last: '到',
  toNewest: '最新消息',
  confirm: '新建',
  file: (name) => `文件：${name}`,
  origin: (n) => plural('zh', n, { other: '由 # 条消息开始' }),
  loading: '正在获取此会话开始时的消息…',
  none: '此会话开始时的消息已不存在。',
  openOrigin: '打开较早的会话',
  more: '更多',
}

export const splitWords = catalogue({ en, zh })
