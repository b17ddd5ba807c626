/**
 * X-Twilio-Signature, and SignalWire's form of it: base64 of HMAC-SHA-1 over the address and the sorted parameters, or over the
 * address alone when it carries the SHA-256 of a body that is no form.
 */
import type { Incoming } from '../carrier.ts'
import { bytesOf, fromBase64, fromHex, isHmac } from '../signing.ts'

/** How a parameter that comes several times is signed: Twilio sorts its values and leaves out doubles, SignalWire does neither. */
type Values = (values: readonly string[]) => readonly string[]
export const sortedOnce: Values = (values) => [...new Set(values)].sort()
export const asTheyCame: Values = (values) => values

export async function isSigned(
  incoming: Incoming,
  header: string,
  keys: readonly string[],
  values: Values,
): Promise<boolean> {
  const signature = fromBase64(header)
  const params = isForm(incoming) ? signedParams(incoming, values) : ''
  if (params === '' && !(await hasSignedBody(incoming))) return false
  for (const url of formsOf(incoming.url)) {
    if (await isHmac('SHA-1', keys, signature, bytesOf(url, params))) return true
  }
  return false
}

/** SignalWire's other scheme, for bodies of JSON: hex, over the address and the body. */
export const isSignedHex = ({ url, body }: Incoming, header: string, keys: readonly string[]): Promise<boolean> =>
  isHmac('SHA-1', keys, fromHex(header), bytesOf(url, body))

export const isForm = ({ headers }: Incoming) =>
  (headers.get('content-type') ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')

function signedParams({ body }: Incoming, values: Values): string {
  const params = new URLSearchParams(new TextDecoder().decode(body))
  const keys = [...new Set(params.keys())].sort()
  return keys.flatMap((key) => values(params.getAll(key)).map((value) => key + value)).join('')
}

/** Without parameters the body is empty, or the address says what it is. */
async function hasSignedBody({ url, body }: Incoming): Promise<boolean> {
  const told = new URL(url).searchParams.get('bodySHA256')
  if (told === null) return body.length === 0
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  return fromHex(told)?.toString() === digest.toString()
}

/**
 * The four ways in which Twilio may have written an address before it signed it: with the port and without, and both with the
 * query as Node's `querystring` writes it. Its own library tries the same.
 */
function formsOf(address: string): string[] {
  const bare = new URL(address)
  bare.hash = ''
  const ported = bare.port === '' ? withPort(bare) : bare.href
  bare.port = ''
  const forms = [bare.href, ported]
  return [...forms, ...forms.map(withPlainQuery)]
}

/** With the port that a URL leaves out because it is its scheme's own. */
function withPort({ protocol, username, password, host, pathname, search }: URL): string {
  const login = username + (password === '' ? '' : `:${password}`)
  const port = protocol === 'https:' ? 443 : 80
  return `${protocol}//${login === '' ? '' : `${login}@`}${host}:${port}${pathname}${search}`
}

function withPlainQuery(address: string): string {
  const { search } = new URL(address)
  if (search === '') return address
  const values = Map.groupBy(new URLSearchParams(search), ([key]) => key)
  const query = [...values.values()]
    .flat()
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
  return `${address.slice(0, address.indexOf('?'))}?${query.join('&')}`
}
