/** Queries and bodies of sending files. */
import * as z from 'zod/mini'
import { isZone } from '../../calendar/zone.ts'
import { plainName } from '../../text/file-name.ts'
import { FILE_PART } from '../limits.ts'

const fileFacts = {
  name: z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(200),
    z.refine((name) => name === plainName(name), 'holds characters that are not seen'),
  ),
  /** Its media type, without parameters. */
  media: z.string().check(z.regex(/^[a-z]{1,30}\/[a-z0-9][a-z0-9.+-]{0,99}$/)),
}
/** Of staff: under which lease; customers have none. */
const underLease = z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0)
/** Of a picture, in pixels: so that room for it can be kept before it is there. Nobody checks them. */
const least = z.minimum(1)
const most = z.maximum(65_535)
const asked = z.optional(z.coerce.number().check(z.int(), least, most))
const pixels = z.optional(z.int().check(least, most))
/** The query of GET /files/:conversation. */
export const FileLimitsQuery = z.object({ lease: underLease })
/** GET /files/:conversation: what may be sent there now. `types` are media types, as image/png or image/*. */
export const FileLimits = z.object({ mostBytes: z.int(), perConversation: z.int(), types: z.array(z.string()) })
export type FileLimits = z.infer<typeof FileLimits>
/** The query of GET /files/:conversation/:file. `link` is what a saved transcript names it by: it stands in for a ticket. */
export const FileReadQuery = z.object({ link: z.optional(z.string().check(z.maxLength(2_000))) })
/** The query of GET /files/:conversation/transcript. Without a language it is the browser's; `zone` is an IANA name. */
export const TranscriptQuery = z.object({
  locale: z.optional(z.string().check(z.maxLength(35))),
  zone: z._default(z.string().check(z.maxLength(64), z.refine(isZone, 'is no time zone')), 'UTC'),
})
/** The query of PUT /files/:conversation/:file: a file of at most {@link FILE_PART} bytes, in one piece. */
export const FileQuery = z.object({
  ...fileFacts,
  size: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(FILE_PART)),
  lease: underLease,
  width: asked,
  height: asked,
})
/** POST /files/:conversation/:file/parts: begins an upload in parts, or takes it up again. */
export const UploadRequest = z.object({
  ...fileFacts,
  size: z.int().check(z.minimum(1)),
  lease: z._default(z.int().check(z.minimum(0)), 0),
})
/** Every part but the last has `part` bytes; those in `arrived` need not be sent again. The upload ends at `until`, in ms. */
export const UploadState = z.object({ part: z.int(), parts: z.int(), arrived: z.array(z.int()), until: z.number() })
/** POST /files/:conversation/:file: all parts have been sent. */
export const UploadEnd = z.object({
  lease: z._default(z.int().check(z.minimum(0)), 0),
  width: pixels,
  height: pixels,
})
/** The file is an entry of the conversation, under this number of the sender's stream. */
export const SentFile = z.object({ seq: z.int() })
