/** The words of the form before the first word: they come with it. */
import { chatCatalogue } from './chat.ts'

const en = {
  askLead: 'Before we begin, please tell us:',
  ask: { name: 'Your name', email: 'Your e-mail address', phone: 'Your phone number' },
  askOptional: '(optional)',
  askSend: 'Start the chat',
  unfit: {
    required: 'We need an answer here.',
    name: 'At most 200 characters.',
    email: 'This is no e-mail address, as mia@example.com.',
    phone: 'This is no phone number, as +1 555 0100.',
    text: 'At most 500 characters.',
    number: 'Please give a number.',
    boolean: 'Please answer yes or no.',
    date: 'There is no such day.',
    list: 'Please choose one of the list.',
  },
}
export type PreChatWords = typeof en

export const preChatWords = chatCatalogue(en, ({ preChat }) => preChat)
