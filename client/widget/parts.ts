/** What most talks never need: it is fetched by `later-parts.ts`. */
export * from '../ui/file-code.ts'
export { SentFile, Underway } from '../ui/files.tsx'
export { SaveTranscript } from '../ui/save-transcript.tsx'
export { LeaveMessage, MessageInstead, Rate, Shut } from './forms.tsx'
export { PreChat } from './pre-chat.tsx'

// What all pages of the chat need is then one file; split in two it would be a kilobyte more on the wire.
import './app.tsx'
