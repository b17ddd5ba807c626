/** The words of the settings of what the chat says first. */
import { catalogue } from './locale.ts'

const en = {
  nudges: 'What the chat says first',
  hint: 'In a bubble by the button, once to each visitor: not during a talk, and not outside opening hours.',
  text: (n: number, language: string) => `Words ${n} in ${language}`,
  page: 'On pages whose address contains',
  pageHint: 'As /pricing. Empty: on every page.',
  after: 'After so many seconds on the page',
  visits: 'From this visit on',
  remove: (n: number) => `Remove words ${n}`,
  add: 'Say something first',
}
type NudgeWords = typeof en

const zh: NudgeWords = {
  nudges: '主动问候',
  hint: '在按钮旁以气泡显示，每位访客只显示一次；会话进行中和非工作时间不显示。',
  text: (n, language) => `问候语 ${n}（${language}）`,
  page: '页面地址包含',
  pageHint: '如 /pricing。不填则所有页面。',
  after: '停留多少秒后显示',
  visits: '从第几次访问起',
  remove: (n) => `移除问候语 ${n}`,
  add: '添加问候语',
}

export const nudgeWords = catalogue({ en, zh })
