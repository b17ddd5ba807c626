/** What checks say of fields, in Chinese. Apart from the screens, so that a test can hold it against every check. */

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
  [/^there is no variable (.+)$/, '没有名为 $1 的变量'],
  [/^there is no (opening hours|\S+) (.+)$/, '不存在：$2'],
  [/^is above itself$/, '不能成为自己的上级'],
  [/^is the shortcut of (\S+) already$/, '已是 $1 的快捷词'],
  [/^is asked already$/, '已在询问之列'],
  [/^who stands lower may wait for ever, .+$/, '只要不断有排序更靠前的客户到来，靠后的客户可能一直等待'],
  [/^version (\d+) is published by now$/, '第 $1 版已由他人发布'],
  [/^column (\d+): .+$/, '第 $1 列有误'],
  [/^no agent whatsoever can meet this$/, '没有任何客服能满足'],
  [/^no agent in (\S+) meets this$/, '队列 $1 中没有客服能满足'],
  [/^the first step without conditions .+$/, '第一个无条件的步骤须从 0 秒开始，并指定队列、转到其他计划或结束'],
  [/^steps come in the order of time$/, '步骤须按时间先后排列'],
  [/^this step is never reached: .+$/, '此步骤永远不会执行：前一步骤已是最后一步'],
  [/^a step goes on with another plan or ends.*$/, '步骤只能转到其他计划或结束，不能两者兼有'],
  [/^a step that leaves the plan .+$/, '离开计划的步骤不能再更改其他内容'],
  [/^this step does nothing$/, '此步骤没有任何动作'],
  [/^no figure is within these bounds$/, '没有数值落在此范围内'],
  [/^(\S+) leads back here without any waiting$/, '计划 $1 会不经等待又回到这里'],
  [/^if nobody is free, .+$/, '若无人空闲，客户可能一直等待'],
  [/^holds unknown fields: (.+)$/, '有未知的字段：$1'],
  [/^is not valid$/, '内容不符合要求'],
]

/** The sentence in Chinese; undefined where nobody has put it into Chinese. */
export function inChinese(message: string): string | undefined {
  const known = zh.find(([pattern]) => pattern.test(message))
  return known && message.replace(...known)
}
