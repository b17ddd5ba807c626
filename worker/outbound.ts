/**
 * The only caller of `fetch` towards addresses that come from configuration or messages. Whoever may name an address must
 * not be able to make us speak to our own insides: https, a name that is public, each redirect checked, bounded in all ways.
 */
import type { Env } from './env.ts'

/** For everything: redirects, headers, body. */
const longestMs = 10_000
const mostBytes = 5 * 1024 * 1024
const mostHops = 5
const late = 'it does not answer in time'

/** It was not asked, or its answer was not taken. The message is for whoever configured the address. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
}

export interface Outgoing {
  readonly method?: string
  readonly headers?: HeadersInit
  readonly body?: BodyInit | null | undefined
}

/**
 * Asks an address and reads its whole answer, within `longest` ms. Throws an {@link OutboundError} when it may not or cannot
 * be asked.
 */
export async function outbound(
  env: Env,
  address: string,
  request: Outgoing = {},
  longest = longestMs,
): Promise<Response> {
  const signal = AbortSignal.timeout(longest)
  let url = checkAddress(env, address)
  for (let hop = 0; hop <= mostHops; hop += 1) {
    const response = await ask(url, request, signal)
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return readWhole(response, signal)
    await response.body?.cancel()
    // What carries a body or a secret was meant for the address that was named, and for no other.
    if ((request.method ?? 'GET') !== 'GET') throw new OutboundError('it redirects what only it may be asked')
    const next = checkAddress(env, new URL(location, url).href)
    if (next.origin !== url.origin && request.headers !== undefined)
      throw new OutboundError('it redirects to another host')
    url = next
  }
  throw new OutboundError('it redirects too often')
}

/** The address, if it is one of the public internet; see also {@link isPublicName}. */
export function checkAddress(env: Pick<Env, 'PARLEY_LOOPBACK'>, address: string): URL {
  const url = URL.parse(address)
  if (url === null) throw new OutboundError('it is no address')
  if (url.username !== '' || url.password !== '') throw new OutboundError('it holds a name or a password')
  const isLoopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1'
  if (isLoopback && url.port !== '' && env.PARLEY_LOOPBACK?.split(',').includes(url.port)) return url
  if (url.protocol !== 'https:') throw new OutboundError('it does not begin with https://')
  if (!isPublicName(url.hostname)) throw new OutboundError('its host is no public name')
  return url
}

/** Names that stay within a machine or a network. */
const insides =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|onion|test|invalid)$/

/**
 * Whether a host is a name that the public DNS could know. No literal address is, however it is written: the URL parser
 * has brought decimal, octal, hexadecimal and short forms to four numbers already, and IPv6 stands in brackets.
 */
function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  if (name.startsWith('[') || !name.includes('.') || insides.test(name)) return false
  return !/^[\d.]+$/.test(name) && /^[a-z0-9.-]+$/.test(name)
}

async function ask(url: URL, { method, headers, body }: Outgoing, signal: AbortSignal): Promise<Response> {
  const init: RequestInit = { redirect: 'manual', signal, method: method ?? 'GET', body: body ?? null }
  if (headers !== undefined) init.headers = headers
  try {
    return await fetch(url, init)
  } catch (error) {
    throw new OutboundError(signal.aborted ? late : 'it cannot be reached', { cause: error })
  }
}

/** The answer with its body in memory, as long as that is not too long. */
async function readWhole(response: Response, signal: AbortSignal): Promise<Response> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength
      if (size > mostBytes) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw new OutboundError(signal.aborted ? late : 'its answer breaks off', { cause: error })
  }
  if (size > mostBytes) throw new OutboundError('its answer is too long')
  const body = [101, 204, 205, 304].includes(response.status) ? null : new Blob(chunks)
  const { status, headers } = response
  return new Response(body, { status, headers })
}
