/** What the loader on the shop's page and the frame with the chat say to each other. */

export type ToFrame =
  /** `open`: the window is shown. */
  | { readonly parley: 'shown'; readonly open: boolean }
  /** Answers `token?`: the shop's signed word about its user, or null when there is none. `failed`: there is, but no word. */
  | { readonly parley: 'token'; readonly id: string; readonly token: string | null; readonly failed?: boolean }
  /** The user has changed. */
  | { readonly parley: 'identity' }
  /** Forget this visitor; answered by `forgotten`. */
  | { readonly parley: 'forget' }

export type ToPage =
  | { readonly parley: 'ready' }
  | { readonly parley: 'token?'; readonly id: string }
  | { readonly parley: 'forgotten' }
  | { readonly parley: 'close' }
  | { readonly parley: 'unread'; readonly count: number }

/** Whether `data` is one of our messages; who sent it is for the caller to check. */
export function isOurs(data: unknown): data is { readonly parley: string; readonly [name: string]: unknown } {
  return typeof data === 'object' && data !== null && 'parley' in data && typeof data.parley === 'string'
}
