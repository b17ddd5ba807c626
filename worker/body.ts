/** Reading a request's body within bounds: its size first, then its syntax, then its schema. */
import type * as z from 'zod/mini'
import { problem, schemaProblem } from './problems.ts'

/** In bytes. */
export const mostBody = 65_536

/** The body as the schema reads it, or the problem document that says why not. */
export async function readBody<S extends z.ZodMiniType>(
  request: Request,
  schema: S,
): Promise<{ ok: true; value: z.output<S> } | { ok: false; response: Response }> {
  const text = await readText(request)
  if (text === undefined) {
    return { ok: false, response: problem({ code: 'too_large', message: `A body may have ${mostBody} bytes.` }) }
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // The field is the whole body, as in a schema's own path to its root.
    return { ok: false, response: problem({ code: 'bad_input', message: 'is not JSON', field: '' }) }
  }
  const parsed = schema.safeParse(json)
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, response: schemaProblem(parsed.error) }
}

/** The text of the body; undefined as soon as it is too long, whatever its declared length. */
async function readText(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBody) return undefined
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > mostBody) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
