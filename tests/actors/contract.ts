/** The front door as tests of the API use it: an answer that the published reference does not promise fails the test. */

import { exports } from 'cloudflare:workers'
import { type Reference, wrongWith } from '../support/reference.ts'

export const origin = 'https://parley.example'
let read: Promise<Reference> | undefined

/** What the worker under test publishes. */
export const reference = (): Promise<Reference> =>
  (read ??= exports.default.fetch(new Request(`${origin}/api/openapi.json`)).then((answer) => answer.json<Reference>()))

/** Sends a request and holds the answer against the reference: route, query, status, code, headers, every field. */
export async function fetchApi(request: Request): Promise<Response> {
  const document = await reference()
  const { method, url } = request
  const response = await exports.default.fetch(request)
  const wrong = await wrongWith(document, method, new URL(url), response)
  if (wrong !== undefined) throw new Error(`${method} ${new URL(url).pathname} is not as documented: ${wrong}`)
  return response
}
