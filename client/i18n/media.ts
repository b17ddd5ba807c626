/** The words of the media: what each kind of work is called. */
import { type Medium, media } from '../../core/protocol/media.ts'
import { catalogue } from './locale.ts'

interface MediaWords {
  readonly names: Readonly<Record<Medium, string>>
  /** How many of each somebody takes. */
  readonly atOnce: Readonly<Record<Medium, string>>
}

const en: MediaWords = {
  names: { chat: 'Chat', voice: 'Call', video: 'Video call', message: 'Message', mail: 'E-mail' },
  atOnce: {
    chat: 'Chats at once',
    voice: 'Calls at once',
    video: 'Video calls at once',
    message: 'Messages at once',
    mail: 'E-mails at once',
  },
}

const zh: MediaWords = {
  names: { chat: '聊天', voice: '语音通话', video: '视频通话', message: '留言消息', mail: '邮件' },
  atOnce: {
    chat: '同时聊天数',
    voice: '同时语音通话数',
    video: '同时视频通话数',
    message: '同时留言消息数',
    mail: '同时邮件数',
  },
}

export const mediaWords = catalogue({ en, zh })

/** What a kind of work is called; one of a newer release by its own word. */
export function mediumName(work: string): string {
  const known = media.find((medium) => medium === work)
  return known === undefined ? work : mediaWords.value.names[known]
}
