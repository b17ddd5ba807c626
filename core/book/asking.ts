/** Who saw that there is a newer configuration asks Book for it: once for each version, and again when no answer came. */

/** What an actor knows of its own asking. */
export interface Asking {
  /** The newest version that Book was asked for. */
  readonly asked: number
  /** When; absent in what was stored before it was noted. In ms. */
  readonly askedAt?: number
}

/** How long an answer may take, in ms. Messages are not lost; the storage of an actor may go back to an earlier day. */
const PATIENCE = 30_000

/** Whether to ask Book for a version now; the engine says so with every packet of somebody who knows it. */
export const isToAsk = ({ asked, askedAt = 0 }: Asking, version: number, now: number): boolean =>
  version > asked || now - askedAt >= PATIENCE
