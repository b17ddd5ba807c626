/** The words of the list of earlier talks: they come with it. */
import { chatCatalogue } from './chat.ts'

const en = {
  talks: 'Your talks',
  present: 'Back to the present talk',
  begin: 'Begin a new talk',
  back: 'Back to the list',
  readOnly: 'You read an earlier talk.',
  gone: 'This talk cannot be read any more.',
  ended: 'ended',
  going: 'goes on',
  none: 'There is none before this one.',
  failed: 'This did not work. Try again.',
}
export type TalkWords = typeof en

export const talkWords = chatCatalogue(en, ({ talks }) => talks)
