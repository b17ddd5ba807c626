/** What a refusal means to the person whose words it concerns. */
import type { FaultCode } from '../../core/result.ts'
import { catalogue } from './locale.ts'

/** Beside the server's own, `unsure`: the conversation was over before it answered. */
type Code = FaultCode | 'unsure'

const en: Record<Code, string> = {
  bad_input: 'It does not fit what is expected here.',
  unauthenticated: 'You are signed out.',
  second_factor: 'A second factor is needed.',
  forbidden: 'You may not do this.',
  not_found: 'It is no longer there.',
  conflict: 'Somebody was faster.',
  stale_lease: 'This conversation is no longer yours.',
  closed: 'The conversation is closed.',
  not_ready: 'It is not possible right now.',
  too_large: 'It is too long or too large.',
  slow_down: 'Too much at once. Wait a moment.',
  internal: 'Something broke on our side.',
  unsure: 'The conversation ended before it answered: it may have arrived.',
}

const zh: Record<Code, string> = {
  bad_input: '内容不符合要求。',
  unauthenticated: '登录已失效。',
  second_factor: '需要第二重验证。',
  forbidden: '没有权限。',
  not_found: '对象已不存在。',
  conflict: '已被他人抢先处理。',
  stale_lease: '该会话已不归你处理。',
  closed: '会话已关闭。',
  not_ready: '暂时无法处理。',
  too_large: '内容过长或过大。',
  slow_down: '操作过于频繁，请稍候。',
  internal: '服务出现故障。',
  unsure: '会话在确认前已结束，消息可能已送达。',
}

const texts = catalogue({ en, zh })

export function faultText(fault: { code: string; message: string }): string {
  const known = Object.entries(texts.value).find(([code]) => code === fault.code)
  return known?.[1] ?? fault.message
}
