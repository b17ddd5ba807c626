/** What is wrong with a field, as a sentence: the API's own in English; in Chinese the ones that people meet. */
import { locale } from './locale.ts'

/** Each pattern with its sentence; `$1` is what the pattern found. */
const zh: readonly (readonly [RegExp, string])[] = [
  [/^must have at least (.+)$/, '至少为 $1'],
  [/^must have at most (.+)$/, '至多为 $1'],
  [/^must be a valid email$/, '须为有效的邮箱地址'],
  [/^must be a valid (.+)$/, '格式有误'],
  [/^must be one of (.+)$/, '须为以下之一：$1'],
  [/^must be of type .+$/, '尚未填写，或类型有误'],
  [/^must be there.*$/, '必须填写'],
  [/^must be to come$/, '须为将来的时间'],
  [/^must be after .+$/, '须晚于开始时间'],
  [/^must be at most 31 days after .+$/, '与开始时间相隔不能超过 31 天'],
  [/^is somebody else's already$/, '已被他人使用'],
  [/^is taken$/, '已被使用'],
  [/^is changed by somebody else$/, '不能由自己更改'],
  [/^there is no (\S+) (.+)$/, '不存在：$2'],
  [/^is not valid$/, '内容不符合要求'],
]

export function fieldText(message: string): string {
  const known = locale.value === 'zh' ? zh.find(([pattern]) => pattern.test(message)) : undefined
  if (known !== undefined) return message.replace(...known)
  return message.replace(/^./, (letter) => letter.toUpperCase())
}
