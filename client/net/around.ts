/** The ports through which the network code sees its surroundings, so that tests can stand in for the browser. */
import type { PollCarrier } from './poll.ts'

export interface Clock {
  now(): number
  /** From 0 to less than 1. */
  random(): number
  /** Runs `task` once after `ms`; the answer cancels it. */
  after(ms: number, task: () => void): () => void
}

export type Sign = 'online' | 'offline' | 'visible'

export interface Around {
  readonly clock: Clock
  /** Where the actors are: `https://chat.example`. */
  readonly origin: string
  /** Names this page towards the actors. */
  readonly tab: string
  online(): boolean
  /** Tells when the network comes or goes, and when the page is looked at again. */
  watch(listener: (sign: Sign) => void): () => void
  /** Calls about once a second, also in a page in the background. */
  beat(listener: () => void): () => void
  fetch(
    url: string,
    init: { method: string; headers: Record<string, string>; body: string; signal: AbortSignal },
  ): Promise<Answer>
  /** Brings what carries a link where sockets cannot: few ever need it. Where it cannot be had nothing is called. */
  polling(use: (Carrier: typeof PollCarrier) => void): void
  /** The page was served by an older release than the server speaks. */
  reload(): void
  /** Another constructor than the platform's own, in tests. */
  readonly WebSocket?: unknown
}

/** The part of a fetch response that is looked at. */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  json(): Promise<unknown>
}

/** What asking for a ticket may lead to; a throw means: try again. */
export type TicketAnswer = { readonly ticket: string } | { readonly stop: number }
export type TicketSource = () => Promise<TicketAnswer>
