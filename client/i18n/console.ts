/** The words of the console, a file of `console/` for each part of it. A key that one language lacks does not compile. */
import * as conversation from './console/conversation.ts'
import * as events from './console/events.ts'
import * as frame from './console/frame.ts'
import * as inbox from './console/inbox.ts'
import * as keys from './console/keys.ts'
import * as offline from './console/offline.ts'
import * as settings from './console/settings.ts'
import * as signIn from './console/sign-in.ts'
import { catalogue } from './locale.ts'

const en = {
  ...conversation.en,
  ...events.en,
  ...frame.en,
  ...inbox.en,
  ...keys.en,
  ...offline.en,
  ...settings.en,
  ...signIn.en,
}
export type ConsoleWords = typeof en

const zh: ConsoleWords = {
  ...conversation.zh,
  ...events.zh,
  ...frame.zh,
  ...inbox.zh,
  ...keys.zh,
  ...offline.zh,
  ...settings.zh,
  ...signIn.zh,
}

export const words = catalogue({ en, zh })
