/** The words of the widget. A key that one language lacks does not compile. */
import { chatCatalogue } from './chat.ts'
import { plural } from './locale.ts'

const minutesEn = (n: number) => plural('en', n, { one: '# minute', other: '# minutes' })

const en = {
  title: 'Chat',
  close: 'Close the chat window',
  message: 'Write a message',
  send: 'Send',
  attach: 'Attach files',
  starting: 'Opening the chat…',
  unavailable: 'This chat is not available.',
  cannotReach: 'We cannot be reached right now. We keep trying.',
  newStatus: 'Write to us. A person will answer.',
  waiting: 'We are looking for somebody for you',
  place: (n: number) => `You are number ${n}`,
  next: 'You are next',
  expected: (from: number, to: number) =>
    from === 0 ? `About ${minutesEn(to)} or less` : `About ${from} to ${minutesEn(to)}`,
  talking: (name: string) => `Talking to ${name}`,
  fallback: 'Nobody is free right now',
  closed: 'This conversation has ended',
  closedHint: 'Write again to go on.',
  typing: (name: string) => (name === '' ? 'Somebody is writing…' : `${name} is writing…`),
  joined: (name: string) => `${name} has joined`,
  left: (name: string) => `${name} has left`,
  closedBy: { customer: 'You ended the chat', agent: 'The chat was closed', system: 'The chat was closed' },
  reopened: 'The chat goes on',
  held: 'One moment, please',
  resumed: 'Thank you for waiting',
  erased: 'This chat was erased',
  removed: 'This message was removed',
  you: 'You',
  sending: 'Sending',
  kept: 'Waiting for the connection',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  notSent: 'Not sent',
  retry: 'Try again',
  older: 'Show earlier messages',
  end: 'End chat',
  endAsk: 'End this chat?',
  endYes: 'End chat',
  endNo: 'Go on',
  typingPreview: 'We can read what you write before you send it.',
  transcript: 'Messages',
  connecting: 'Connecting…',
  offline: 'Offline',
  offlineWith: (n: number) =>
    `Offline. ${plural('en', n, { one: '# message is', other: '# messages are' })} kept and will be sent.`,
  polling: 'Slow connection',
  stopped: 'Disconnected',
  replaced: 'This chat goes on in another window.',
  messageKept: (when: string) =>
    when === '' ? 'We have your message.' : `We have your message, and read it from ${when}.`,
  later: 'We will come back to you.',
}
export type WidgetWords = typeof en

export const words = chatCatalogue(en, ({ widget }) => widget)
