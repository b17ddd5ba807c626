/** What is shown as a picture; everything else is saved. The server sends nothing else inline either. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
export const isPicture = (media: string): boolean => pictures.has(media)

/** A thumbnail is at most so large, in px. */
const MOST_WIDE = 260
const MOST_HIGH = 220

/** How large a picture is shown: known before it is there, so that nothing jumps when it comes. */
export function boxOf({ width = 4, height = 3 }: { width?: number | undefined; height?: number | undefined }) {
  const isKnown = width > 4 || height > 3
  const scale = Math.min(isKnown ? 1 : Number.POSITIVE_INFINITY, MOST_WIDE / width, MOST_HIGH / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
