/** What both ends of a socket know: the version, the heartbeat, its limits, and the codes it is closed with. See docs/protocol.md. */

export const PROTOCOL_VERSION = 1
/** The WebSocket subprotocol; the ticket travels as a second value, `ticket.<jwt>`. */
export const SUBPROTOCOL = 'parley.v1'
/** Largest frame a client may send, in bytes of UTF-8. */
export const MAX_FRAME = 65_536
/** Answered without waking the actor; the client sends it every {@link PING_EVERY} ms. */
export const PING = 'ping'
export const PONG = 'pong'
export const PING_EVERY = 5_000
/** A client that heard nothing for this long drops the link and connects anew. In ms. */
export const LINK_DEAD_AFTER = 12_000
/** How many entries a snapshot holds, and how many `history` answers at most. */
export const SNAPSHOT_ENTRIES = 50
/** Of what is being typed, as many characters are shown to the other side. */
export const TYPING_TEXT = 500

export const close = {
  normal: 1000,
  restart: 1012,
  badFrame: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  gone: 4404,
  version: 4406,
  helloTimeout: 4408,
  replaced: 4409,
  slowDown: 4429,
  bug: 4500,
} as const
export type CloseCode = (typeof close)[keyof typeof close]
