/** What a file is: its declared type must be allowed, and its first bytes must agree with it. */
import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type'

/** How many bytes from its beginning tell what a file is; as `file-type` recommends. */
export const headBytes = 4_100

/** Types that browsers show without running anything; everything else is only ever saved. */
const inline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
export const isInline = (media: string) => inline.has(media)

/**
 * Containers: from the first bytes alone a document cannot always be told from the archive that it is, nor a sound from
 * the film whose container it shares.
 */
const containers: Readonly<Record<string, RegExp>> = {
  'application/zip': /^application\/(vnd\.openxmlformats-officedocument\.|vnd\.oasis\.opendocument\.|epub\+zip$)/,
  'application/x-cfb': /^application\/(msword|vnd\.ms-(excel|powerpoint|outlook))$/,
  'video/mp4': /^(audio\/(mp4|x-m4a|aac)|video\/quicktime)$/,
  'audio/x-m4a': /^(audio|video)\/mp4$/,
  'video/quicktime': /^video\/mp4$/,
  'video/webm': /^audio\/webm$/,
  'application/ogg': /^(audio|video)\/ogg$/,
  'video/ogg': /^audio\/ogg$/,
  'application/xml': /^(text\/xml|image\/svg\+xml)$/,
}

/** Whether a file that begins with `head` can be what it is said to be. */
export async function isKind(media: string, head: Uint8Array): Promise<boolean> {
  // A codec after the type, as in `audio/ogg; codecs=opus`, does not matter.
  const found = (await fileTypeFromBuffer(head))?.mime.split(';')[0]
  if (found !== undefined) return found === media || containers[found]?.test(media) === true
  // What has no signature is text, and holds no zero byte; what should have one, and has none, is something else.
  return !supportedMimeTypes.has(media) && !head.includes(0)
}
