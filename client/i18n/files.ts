/** The words of sending files. */
import { catalogue, locale } from './locale.ts'

const en = {
  sending: (name: string) => `Sending ${name}`,
  waiting: 'Waiting for the connection',
  notSent: 'Not sent',
  cancel: (name: string) => `Cancel ${name}`,
  retry: 'Try again',
  discard: 'Discard',
  tooLarge: (size: string, most: string) => `It has ${size}; at most ${most} are taken.`,
  tooMany: 'This conversation takes no more files.',
  wrongType: (type: string, taken: string) => `${type} is not taken here. Taken are: ${taken}.`,
  otherContent: (type: string) => `Its content is not ${type}, as its name says.`,
  kinds: { image: 'pictures', audio: 'sound', video: 'videos' },
}
type FileWords = typeof en

const zh: FileWords = {
  sending: (name) => `正在发送 ${name}`,
  waiting: '等待连接',
  notSent: '未发送',
  cancel: (name) => `取消发送 ${name}`,
  retry: '重试',
  discard: '丢弃',
  tooLarge: (size, most) => `文件大小为 ${size}，上限为 ${most}。`,
  tooMany: '此会话已不能再接收文件。',
  wrongType: (type, taken) => `不接受 ${type}。可发送：${taken}。`,
  otherContent: (type) => `文件内容与其类型（${type}）不符。`,
  kinds: { image: '图片', audio: '音频', video: '视频' },
}

export const fileWords = catalogue({ en, zh })

/** Of bytes, in the units that people know. */
export function sizeText(bytes: number): string {
  const [unit, by, digits] =
    bytes < 1_048_576 ? (['kilobyte', 1_024, 0] as const) : (['megabyte', 1_048_576, 1] as const)
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(locale.value, format).format(Math.max(bytes / by, digits === 0 ? 1 : 0))
}

const short: Readonly<Record<string, string>> = {
  'text/plain': 'TXT',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
  'application/vnd.oasis.opendocument.text': 'ODT',
  'application/vnd.oasis.opendocument.spreadsheet': 'ODS',
}

/** A media type as people call it: `application/pdf` is PDF, `image/*` pictures. */
export function typeText(media: string): string {
  const [kind = '', sub = ''] = media.split('/')
  const { kinds } = fileWords.value
  if (sub === '*') return Object.entries(kinds).find(([known]) => known === kind)?.[1] ?? media
  return short[media] ?? (sub.length <= 5 ? sub.toUpperCase() : media)
}
