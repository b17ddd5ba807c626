/** `fetch` as tests in Node ask a server: an answer that its published reference does not promise is an error. */
import { type Reference, wrongWith } from './reference.ts'

const ask = globalThis.fetch
/** What the reference speaks of; beside it there are pages, and the way to an identity provider. */
export const described = /^\/(api|channels|connect|files|poll)\//
const documents = new Map<string, Promise<Reference>>()

/** What the server at this origin publishes; asked once. */
export function referenceAt(origin: string): Promise<Reference> {
  const known = documents.get(origin)
  if (known !== undefined) return known
  const asked = readReference(origin)
  documents.set(origin, asked)
  asked.catch(() => documents.delete(origin))
  return asked
}

async function readReference(origin: string): Promise<Reference> {
  return JSON.parse(await (await ask(`${origin}/api/openapi.json`)).text())
}

/** As fetch; the address is one of the API, or of a door beside it. */
export async function heldFetch(address: string, request: RequestInit = {}): Promise<Response> {
  const url = new URL(address)
  const document = await referenceAt(url.origin)
  const response = await ask(address, request)
  const method = request.method ?? 'GET'
  const wrong = await wrongWith(document, method, url, response)
  if (wrong !== undefined) throw new Error(`${method} ${url.pathname} is not as documented: ${wrong}`)
  return response
}

/** As fetch, of any address of any server: what it says is held if the reference speaks of it. */
export function fetchAny(address: string, request: RequestInit = {}): Promise<Response> {
  return described.test(new URL(address).pathname) ? heldFetch(address, request) : ask(address, request)
}
