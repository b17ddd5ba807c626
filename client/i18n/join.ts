/** The words of the page that an invitation leads to. */
import { catalogue } from './locale.ts'

const en = {
  title: (organisation: string) => `Welcome to ${organisation}`,
  lead: (name: string, email: string) => `${name}, choose a password. You sign in with ${email}.`,
  password: 'New password',
  hint: 'At least 10 characters. A few words in a row are easy to keep in mind.',
  set: 'Set the password',
  done: 'Your password is set.',
  signIn: 'Sign in',
  over: 'This link is over, or was used',
  overWhy: 'Ask who gave it to you for a new one.',
}
export type JoinWords = typeof en

const zh: JoinWords = {
  title: (organisation) => `欢迎加入 ${organisation}`,
  lead: (name, email) => `${name}，请设置密码。登录邮箱：${email}。`,
  password: '新密码',
  hint: '至少 10 个字符。连续几个词更容易记住。',
  set: '设置密码',
  done: '密码已设置。',
  signIn: '登录',
  over: '此链接已失效，或已被使用',
  overWhy: '联系给你链接的人，重新获取。',
}

export const joinWords = catalogue({ en, zh })
