/** Reading a request's body within bounds: its size first, then its syntax, then its schema. */
import type * as z from 'zod/mini'
import { problem, schemaProblem } from './problems.ts'

/** In bytes, where a route says nothing else. */
export const mostBody = 65_536
/** Of a whole configuration, in bytes: thousands of agents, and well below a row of 2 MB. */
export const mostConfig = 1_048_576

type Read<T> = { ok: true; value: T } | { ok: false; response: Response }

/** The body as the schema reads it, or the problem document that says why not. */
export async function readBody<S extends z.ZodMiniType>(
  request: Request,
  schema: S,
  most = mostBody,
): Promise<Read<z.output<S>>> {
  const text = await readText(request, most)
  return text.ok ? parseBody(text.value, schema) : text
}

/** The text of the body; a problem as soon as it is too long, whatever its declared length. */
export async function readText(request: Request, most = mostBody): Promise<Read<string>> {
  const tooLarge = () => ({
    ok: false as const,
    response: problem({ code: 'too_large', message: `A body may have ${most} bytes.` }),
  })
  if (Number(request.headers.get('content-length') ?? 0) > most) return tooLarge()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > most) return tooLarge()
    text += decoder.decode(chunk, { stream: true })
  }
  return { ok: true, value: text + decoder.decode() }
}

/** The text of a body as the schema reads it. */
export function parseBody<S extends z.ZodMiniType>(text: string, schema: S): Read<z.output<S>> {
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
