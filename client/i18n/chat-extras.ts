/** The words of what comes later in the chat, answers to press, emoji and the sound: they come with it. */
import { chatCatalogue } from './chat.ts'

const en = {
  choose: 'Choose an answer, or write one',
  sound: 'Sound for new messages',
  emoji: 'Emoji',
  findEmoji: 'Find an emoji by its name',
  noEmoji: 'None of that name.',
}
export type ExtraWords = typeof en

export const extraWords = chatCatalogue(en, ({ extras }) => extras)
