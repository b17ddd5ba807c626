/** What the loader on the shop's page and the frame with the chat say to each other. */
import type { ParleyEvents } from '../public/widget.d.ts'

export type ToFrame =
  /** `open`: the window is shown; `attributes`: what the page has said of its user, as JSON. */
  | { readonly parley: 'shown'; readonly open: boolean; readonly attributes: string }
  /** Answers `token?`: the shop's signed word about its user, or null when there is none. `failed`: there is, but no word. */
  | { readonly parley: 'token'; readonly id: string; readonly token: string | null; readonly failed?: boolean }
  /** The user has changed. */
  | { readonly parley: 'identity' }
  | { readonly parley: 'locale'; readonly locale: string }
  | { readonly parley: 'theme'; readonly theme: string }
  /** Forget this visitor; answered by `forgotten`. */
  | { readonly parley: 'forget' }

/** One of the chat's own events, with its detail. */
export type ChatEvent = {
  [Name in 'message' | 'conversation' | 'offline' | 'error']: {
    readonly parley: 'event'
    readonly name: Name
    readonly detail: ParleyEvents[Name]
  }
}['message' | 'conversation' | 'offline' | 'error']

export type ToPage =
  | { readonly parley: 'ready' }
  | { readonly parley: 'token?'; readonly id: string }
  | { readonly parley: 'forgotten' }
  | { readonly parley: 'close' }
  | { readonly parley: 'unread'; readonly count: number }
  /** A talk is under way: the next page listens to it too. */
  | { readonly parley: 'live'; readonly on: boolean }
  /** Something that the page hears of, as `public/widget.d.ts` has it. */
  | ChatEvent

/** Whether `data` is one of our messages; who sent it is for the caller to check. */
export function isOurs(data: unknown): data is { readonly parley: string; readonly [name: string]: unknown } {
  return typeof data === 'object' && data !== null && 'parley' in data && typeof data.parley === 'string'
}
