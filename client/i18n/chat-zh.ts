/** What the chat says in Chinese; a file of its own, so that only who reads Chinese loads it. */
import type { ExtraWords } from './chat-extras.ts'
import type { FormWords } from './chat-forms.ts'
import type { TalkWords } from './chat-talks.ts'
import type { FaultWords } from './faults.ts'
import type { FileWords } from './files.ts'
import type { PreChatWords } from './pre-chat.ts'
import type { WidgetWords } from './widget.ts'

export const widget: WidgetWords = {
  title: '在线咨询',
  close: '收起聊天窗口',
  message: '输入消息',
  send: '发送',
  attach: '添加文件',
  starting: '正在打开…',
  unavailable: '暂不提供在线咨询。',
  cannotReach: '暂时无法连接，正在重试。',
  newStatus: '请留言，会有人工客服回复您。',
  waiting: '正在为您安排客服',
  place: (n) => `您排在第 ${n} 位`,
  next: '下一位就是您',
  expected: (from, to) => (from === 0 ? `预计等待不超过 ${to} 分钟` : `预计等待 ${from} 至 ${to} 分钟`),
  talking: (name) => `${name} 正在为您服务`,
  fallback: '目前没有空闲客服',
  closed: '会话已结束',
  closedHint: '继续发送消息即可恢复会话。',
  typing: (name) => (name === '' ? '对方正在输入…' : `${name} 正在输入…`),
  joined: (name) => `${name} 已加入`,
  left: (name) => `${name} 已离开`,
  closedBy: { customer: '您结束了会话', agent: '会话已关闭', system: '会话已关闭' },
  reopened: '会话已恢复',
  held: '请稍候',
  resumed: '感谢您的等候',
  erased: '会话内容已删除',
  removed: '此消息已被移除',
  you: '您',
  sending: '发送中',
  kept: '等待连接',
  sent: '已发送',
  delivered: '已送达',
  read: '已读',
  notSent: '未发送',
  retry: '重试',
  older: '查看更早的消息',
  end: '结束会话',
  endAsk: '要结束本次会话吗？',
  endYes: '结束会话',
  endNo: '继续',
  typingPreview: '发送前，我们可以看到您正在输入的内容。',
  transcript: '消息',
  connecting: '正在连接…',
  offline: '已离线',
  offlineWith: (n) => `已离线。${n} 条消息已保存，恢复后自动发送。`,
  polling: '连接较慢',
  stopped: '连接已断开',
  replaced: '会话已在其他窗口继续。',
  messageKept: (when) => (when === '' ? '已收到您的留言。' : `已收到您的留言，我们将在 ${when} 起处理。`),
  later: '我们稍后会回复您。',
}

export const forms: FormWords = {
  shut: '现在是非工作时间。',
  opens: (when) => `我们将于 ${when} 恢复服务。`,
  closedNow: '现在是非工作时间，请留言。',
  closedUntil: (when) => `现在是非工作时间，请留言，我们将在 ${when} 起处理。`,
  yourName: '您的姓名',
  yourEmail: '您的邮箱',
  yourMessage: '您的留言',
  leaveMessage: '提交留言',
  orMessage: '不想等待？请留言',
  rate: '请为本次服务评分，5 分最高。',
  rated: '谢谢，您仍可修改评分。',
  rateComment: '还有什么想说的吗？',
  rateSend: '提交评分',
}

export const extras: ExtraWords = {
  choose: '请选择一项，也可以直接输入',
  sound: '新消息提示音',
  emoji: '表情',
  findEmoji: '按名称查找表情',
  noEmoji: '没有找到。',
}

export const talks: TalkWords = {
  talks: '您的会话',
  present: '返回当前会话',
  begin: '开始新会话',
  back: '返回列表',
  readOnly: '您正在查看以前的会话。',
  gone: '此会话已无法查看。',
  ended: '已结束',
  going: '进行中',
  none: '没有更早的会话。',
  failed: '操作失败，请重试。',
}

export const files: FileWords = {
  sending: (name) => `正在发送 ${name}`,
  waiting: '等待连接',
  notSent: '未发送',
  saveTranscript: '保存此会话',
  notSaved: '无法保存此会话，请重试。',
  unkept: '此浏览器无法保存文件：发送完成前离开此页面，需要重新选择文件。',
  cancel: (name) => `取消发送 ${name}`,
  retry: '重试',
  discard: '丢弃',
  tooLarge: (size, most) => `文件大小为 ${size}，上限为 ${most}。`,
  tooMany: '此会话已不能再接收文件。',
  wrongType: (type, taken) => `不接受 ${type}。可发送：${taken}。`,
  otherContent: (type) => `文件内容与其类型（${type}）不符。`,
  kinds: { image: '图片', audio: '音频', video: '视频' },
}

export const faults: FaultWords = {
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

export const preChat: PreChatWords = {
  askLead: '开始之前，请先告诉我们：',
  ask: { name: '您的姓名', email: '您的邮箱', phone: '您的电话' },
  askOptional: '（选填）',
  askSend: '开始聊天',
  unfit: {
    required: '此项为必填。',
    name: '最多 200 个字符。',
    email: '邮箱地址有误，格式如 mia@example.com。',
    phone: '电话号码有误，格式如 +86 10 5555 0100。',
    text: '最多 500 个字符。',
    number: '请填写数字。',
    boolean: '请选择是或否。',
    date: '日期不存在。',
    list: '请从列表中选择一项。',
  },
}
