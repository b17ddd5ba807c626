/** What an agent who looks elsewhere has to hear of: what rings, what customers say, where a note names it. */

export interface Piece {
  readonly kind: 'offer' | 'words' | 'mention'
  readonly conversation: string
  readonly name: string
  /** Grows with each piece of the same kind there; what is not above the last that was told is no news. */
  readonly mark: number
}

/**
 * Of the pieces that there are now, those that are new since the last time. What was there when the page was opened is no
 * news, unless it rings.
 */
export class News {
  #told: Map<string, number> | null = null

  since(pieces: readonly Piece[]): Piece[] {
    const before = this.#told
    const fresh = pieces.filter((piece) => isFresh(piece, before))
    // What has gone may come again, under a mark that begins anew.
    this.#told = new Map(pieces.map((piece) => [keyOf(piece), piece.mark]))
    return fresh
  }
}

function isFresh(piece: Piece, before: ReadonlyMap<string, number> | null): boolean {
  if (before === null) return piece.kind === 'offer'
  return piece.mark > (before.get(keyOf(piece)) ?? 0)
}

const keyOf = ({ kind, conversation }: Piece) => `${kind}/${conversation}`
