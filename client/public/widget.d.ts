/** What `window.parley` takes, once /widget.js is there. Before that it is a list that waits: `parley.push(['open'])`. */
export interface Parley {
  open(): void
  close(): void
  toggle(): void
  /** Shows the button again, also where the organisation's look has none. */
  show(): void
  /** Takes button and window off the page. The talk goes on. */
  hide(): void
  /**
   * Who the page's user is. `token` fetches the word that your server has signed; it is asked for anew each time one is needed,
   * and `null` of it means nobody. From then on nobody here is a visitor. `null` takes it back.
   */
  identify(user: { token: () => string | null | Promise<string | null> } | null): void
  /**
   * What else the page knows of its user, by the ids of the customers' attributes that the organisation has defined. Said again
   * they are added to; null forgets them, and so does another user. It counts as the user's own word: facts belong into the token of `identify`.
   */
  setAttributes(attributes: { [id: string]: string | number | boolean } | null): void
  /** The language of the chat, as zh or en-GB. */
  setLocale(locale: string): void
  /** `auto`: as the reader's system has it. */
  setTheme(theme: 'light' | 'dark' | 'auto'): void
  /** The user signs out: the window goes, and nothing stays of them in this browser. Kept when that is done. */
  shutdown(): Promise<void>
  /** Calls the listener each time; the answer takes it away. What is said in the chat is never told to the page. */
  on<Name extends keyof ParleyEvents>(name: Name, listener: (detail: ParleyEvents[Name]) => void): () => void
  push(...calls: ParleyCall[]): void
}

export interface ParleyEvents {
  open: null
  close: null
  /** The chat is there and takes calls. */
  ready: null
  /** Something was said. */
  message: { conversation: string; seq: number; from: 'customer' | 'agent' | 'system' }
  /** How many words of agents nobody has read; 0 while the window is open. */
  unread: number
  /** Another conversation, or how it stands now. */
  conversation: { id: string; status: 'new' | 'waiting' | 'talking' | 'fallback' | 'closed' }
  /** The line is lost (true), or back. */
  offline: boolean
  /** `refused`: no chat for this page; `unreachable`: the chat could not be loaded, and its window was taken away again. */
  error: { code: 'refused' | 'unreachable' }
}

/** A method and what it takes, as `['identify', { token }]`. */
export type ParleyCall = readonly [name: string, ...args: unknown[]]

declare global {
  interface Window {
    parley?: Parley | ParleyCall[]
  }
}
