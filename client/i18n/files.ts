/** The words of sending files. */
import { chatCatalogue } from './chat.ts'
import { locale } from './locale.ts'

const en = {
  sending: (name: string) => `Sending ${name}`,
  waiting: 'Waiting for the connection',
  saveTranscript: 'Save this conversation',
  notSaved: 'This conversation could not be saved. Try again.',
  notSent: 'Not sent',
  unkept: 'This browser keeps no files: leave this page before it is sent, and you have to choose it again.',
  cancel: (name: string) => `Cancel ${name}`,
  retry: 'Try again',
  discard: 'Discard',
  tooLarge: (size: string, most: string) => `It has ${size}; at most ${most} are taken.`,
  tooMany: 'This conversation takes no more files.',
  wrongType: (type: string, taken: string) => `${type} is not taken here. Taken are: ${taken}.`,
  otherContent: (type: string) => `Its content is not ${type}, as its name says.`,
  kinds: { image: 'pictures', audio: 'sound', video: 'videos' },
}
export type FileWords = typeof en

export const fileWords = chatCatalogue(en, ({ files }) => files)

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
