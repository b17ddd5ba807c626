/** What most talks never need: it is fetched by `later-parts.ts`. */
export { faultText } from '../i18n/faults.ts'
export { PollCarrier } from '../net/poll.ts'
export * from '../ui/file-code.ts'
export { SentFile, Underway } from '../ui/files.tsx'
export { Formatted } from '../ui/formatted.tsx'
export { SaveTranscript } from '../ui/save-transcript.tsx'
export { Choices } from './choices.tsx'
export { EmojiButton } from './emoji.tsx'
export { LeaveMessage, MessageInstead, Rate, Shut } from './forms.tsx'
export { PreChat } from './pre-chat.tsx'
export { ring, SoundSwitch } from './sound.tsx'
export { Earlier, TalksButton } from './talks.tsx'

// What all pages of the chat need is then one file; split in two it would be a kilobyte more on the wire.
import './start.tsx'
