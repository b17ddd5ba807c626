/** The words of canned replies. */
import { catalogue, plural } from './locale.ts'

interface ReplyWords {
  readonly list: string
  readonly call: string
  found(n: number): string
  /** Of colleagues who can be named. */
  people(n: number): string
  /** Under a draft that names what nobody knows. */
  missing(names: string): string
  readonly fillFirst: string
  /** Of the buttons that go with a draft. */
  readonly buttons: string
  readonly noButtons: string
}

const en: ReplyWords = {
  list: 'Suggestions',
  call: 'Insert a canned reply',
  found: (n) => plural('en', n, { one: '# canned reply', other: '# canned replies' }),
  people: (n) => plural('en', n, { one: '# colleague', other: '# colleagues' }),
  missing: (names) => `Not known here: ${names}. Write it yourself, or take it out.`,
  buttons: 'With the buttons',
  noButtons: 'Send it without buttons',
  fillFirst: 'This cannot be sent yet.',
}

const zh: ReplyWords = {
  list: '建议',
  call: '插入快捷回复',
  found: (n) => plural('zh', n, { other: '# 条快捷回复' }),
  people: (n) => plural('zh', n, { other: '# 位同事' }),
  missing: (names) => `此处没有这些信息：${names}。请自行填写或删除。`,
  buttons: '附按钮',
  noButtons: '不附按钮',
  fillFirst: '暂时无法发送。',
}

export const replyWords = catalogue({ en, zh })
