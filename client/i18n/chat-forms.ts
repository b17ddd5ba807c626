/** The words of the chat's forms, a rating and a message that is left: they come with them. */
import { chatCatalogue } from './chat.ts'

const en = {
  shut: 'We are closed right now.',
  opens: (when: string) => `We open again on ${when}.`,
  closedNow: 'We are closed right now. Leave us a message.',
  closedUntil: (when: string) => `We are closed right now. Leave us a message: we read it from ${when}.`,
  yourName: 'Your name',
  yourEmail: 'Your e-mail address',
  yourMessage: 'Your message',
  leaveMessage: 'Leave the message',
  orMessage: 'Leave a message instead of waiting',
  rate: 'How was it? 5 is best.',
  rated: 'Thank you. You may still change your mind.',
  rateComment: 'Anything to add?',
  rateSend: 'Send rating',
}
export type FormWords = typeof en

export const formWords = chatCatalogue(en, ({ forms }) => forms)
