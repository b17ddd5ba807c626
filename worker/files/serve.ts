/** Files going out: to whoever may read the conversation, asked anew each time; nothing runs, little is shown inline. */
import { refuse } from '../../core/result.ts'
import type { Answer, Call } from '../api/route.ts'
import type { Visit } from './access.ts'
import { fileKey } from './keys.ts'
import { isInline } from './kind.ts'

/** The file, or the part of it that the header `Range` asks for. */
export async function serveFile(call: Call, { actor, principal, org, conversation }: Visit): Answer<never> {
  const file = call.param('file')
  const admitted = await actor.admits(principal, file)
  if (!admitted.ok) return admitted.error.code === 'forbidden' ? admitted : notThere
  const { headers: asked } = call.request
  const { found, isPart } = await read(call.env.FILES, fileKey(org, conversation, file), asked)
  // A file that is still on its way, or was refused, is nobody's entry.
  if (found === null) return notThere
  if (isSame(asked.get('if-none-match'), found.httpEtag)) {
    await found.body.cancel()
    return new Response(null, { status: 304, headers: { etag: found.httpEtag } })
  }
  const headers = new Headers({
    'content-type': found.httpMetadata?.contentType ?? 'application/octet-stream',
    'content-disposition': disposition(found),
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'accept-ranges': 'bytes',
    etag: found.httpEtag,
  })
  const { range, size } = found
  const { offset, length } = range === undefined || !isPart ? { offset: 0, length: size } : spanOf(range, size)
  // The bucket ignores a range that it cannot give.
  if (length === size) {
    headers.set('content-length', String(size))
    return new Response(found.body, { headers })
  }
  headers.set('content-range', `bytes ${offset}-${offset + length - 1}/${size}`)
  headers.set('content-length', String(length))
  return new Response(found.body, { status: 206, headers })
}

const notThere = refuse('not_found', 'There is no such file.')

/** Whether a header of RFC 9110 names this etag. */
const isSame = (header: string | null, etag: string): boolean =>
  header?.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, ''))) === true

/** A range that lies outside of the file is ignored, as RFC 9110 lets us; so is one of another file than is there. */
async function read(files: R2Bucket, key: string, headers: Headers) {
  const whole = async () => ({ found: await files.get(key), isPart: false })
  if (!headers.has('range')) return whole()
  const of = headers.get('if-range')
  if (of !== null && (await files.head(key))?.httpEtag !== of) return whole()
  try {
    return { found: await files.get(key, { range: headers }), isPart: true }
  } catch {
    return whole()
  }
}

/** The runtime names all three fields, whatever its types say. */
function spanOf(range: { offset?: number; length?: number; suffix?: number }, size: number) {
  const { suffix, offset = suffix === undefined ? 0 : Math.max(0, size - suffix) } = range
  return { offset, length: range.length ?? size - offset }
}

/** RFC 6266, with the name as RFC 8187 writes it. */
function disposition({ httpMetadata, customMetadata }: R2Object): string {
  const kind = isInline(httpMetadata?.contentType ?? '') ? 'inline' : 'attachment'
  const name = customMetadata?.['name'] ?? 'file'
  const escaped = name.replace(/['()*!]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename*=UTF-8''${escaped}`
}
