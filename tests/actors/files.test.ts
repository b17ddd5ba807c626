/** Files in conversations: sent by both sides, whole or in parts, guarded at each request, and gone when refused. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { FILE_PART } from '../../core/protocol/limits.ts'
import { signTicket } from '../../worker/auth/tokens.ts'
import { runDuties } from '../../worker/duties.ts'
import { filesOf } from '../../worker/files/keys.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { fetchApi, origin } from './contract.ts'
import { env } from './env.ts'
import { Company, nameOf } from './kit/company.ts'
import type { Line } from './kit/line.ts'

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82, 1, 2, 3, 4])
const text = new TextEncoder().encode('What I bought, and when.')

let acme: Company
let conversation = ''
let customer: Line
let lease = 0
let auth: Record<string, string> = {}

/** A customer's headers for its own conversation. */
async function ticketFor(id: string, who: string): Promise<Record<string, string>> {
  const ticket = await signTicket(env.PARLEY_SECRET, nameOf(acme.org, 'conversation', id), acme.customerOf(id, who))
  return { authorization: `Bearer ${ticket}` }
}

beforeAll(async () => {
  await found()
  const limits = { mostBytes: 3 * FILE_PART, types: ['image/png', 'text/plain', 'text/html', 'image/svg+xml'] }
  const config: ConfigInput = { ...configOf('acme'), policies: { files: limits } }
  acme = await Company.found('acme', config)
  await acme.publish(config, 'with-limits-for-files')
  const console = await acme.console('ada')
  const entered = await acme.visitor('mia')
  conversation = entered.conversation
  customer = entered.line
  auth = await ticketFor(conversation, 'mia')
  await customer.command('post', { text: 'Hello' })
  lease = await console.accept(conversation)
})

interface Sending {
  readonly id?: string
  readonly name?: string
  readonly media?: string
  readonly size?: number
  readonly at?: string
  readonly headers?: Record<string, string>
}

const put = (body: Uint8Array | string, { id = crypto.randomUUID(), at = conversation, headers, ...more }: Sending) => {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const about = { name: 'a.png', media: 'image/png', size: String(bytes.byteLength) }
  const query = new URLSearchParams({
    ...about,
    ...Object.fromEntries(Object.entries(more).map(([k, v]) => [k, `${v}`])),
  })
  const request = { method: 'PUT', headers: { origin, ...(headers ?? auth) }, body: bytes }
  return fetchApi(new Request(`${origin}/files/${at}/${id}?${query}`, request))
}
const get = (id: string, headers: Record<string, string> = auth, at = conversation) =>
  fetchApi(new Request(`${origin}/files/${at}/${id}`, { headers }))
const errorOf = async (response: Response) => {
  const { code, errors } = await response.json<{ code: string; errors?: { field: string }[] }>()
  return [code, errors?.[0]?.field]
}
const kept = async () =>
  (await env.FILES.list({ prefix: filesOf(acme.org, conversation) })).objects.map(({ key }) => key)
const underWay = async () => (await env.DB.prepare('select count(*) as n from uploads').first<{ n: number }>())?.n

describe('a file in one piece', () => {
  it('FI1 becomes an entry that both sides read, once however often it is sent', async () => {
    const id = 'the-first-file'
    const first = await put(png, { id, name: 'Ä bill/№1.png' })
    expect(first.status).toBe(200)
    expect(await (await put(png, { id, name: 'Ä bill/№1.png' })).json()).toEqual(await first.json())
    await customer.untilHeard(id)
    const entries = customer.events.map(({ body }) => body).filter((body) => JSON.stringify(body).includes(id))
    expect(entries).toMatchObject([{ body: { type: 'file', id, name: 'Ä bill/№1.png', media: 'image/png', size: 20 } }])
    expect(await underWay()).toBe(0)
  })

  it('FI1 is sent by the owner too, under its lease', async () => {
    const path = (under: number) => `/files/${conversation}/of-the-agent?name=a&media=image/png&size=20&lease=${under}`
    const send = (id: string, under: number) =>
      call('PUT', path(under), { as: memberOf(id), body: String.fromCharCode(...png) })
    // As text it would be encoded: the bytes are no picture any more.
    expect(await errorOf(await send('ada', lease))).toEqual(['bad_input', 'media'])
    expect((await errorOf(await send('ben', lease)))[0]).toBe('forbidden')
    expect((await errorOf(await send('ada', lease + 1)))[0]).toBe('stale_lease')
    const plain = `/files/${conversation}/of-the-agent?name=a.txt&media=text/plain&size=5&lease=${lease}`
    expect((await call('PUT', plain, { as: memberOf('ada'), body: 'hello' })).status).toBe(200)
    await customer.untilHeard('of-the-agent')
  })

  it.each([
    ['a type that is not taken', text, { media: 'application/pdf' }, ['bad_input', 'media']],
    ['another type than its first bytes say', text, { media: 'image/png' }, ['bad_input', 'media']],
    ['a picture that is said to be text', png, { media: 'text/plain' }, ['bad_input', 'media']],
    ['fewer bytes than said', png, { size: 21 }, ['bad_input', 'size']],
    ['more bytes than said', png, { size: 19 }, ['bad_input', 'size']],
    ['too much for one piece', png, { size: FILE_PART + 1 }, ['bad_input', 'size']],
  ])('FI2 with %s is refused and leaves nothing behind', async (_, body, more, expected) => {
    const before = await kept()
    expect(await errorOf(await put(body, more))).toEqual(expected)
    expect(await kept()).toEqual(before)
    expect(await underWay()).toBe(0)
  })

  it.each([
    ['a line break', 'a\nb.png'],
    ['a mark that turns what follows around', 'gpj.\u202efdp.png'],
    ['half a character', 'a\ud800.png'],
    ['500 characters', 'x'.repeat(500)],
  ])('FI11 with %s in its name is refused, whichever way it comes', async (_, name) => {
    const about = { name, media: 'image/png', size: 6 * 1_048_576 }
    const parts = `${origin}/files/${conversation}/a-file-with-a-name/parts`
    const request = { method: 'POST', headers: { ...auth, origin }, body: JSON.stringify(about) }
    expect(await errorOf(await fetchApi(new Request(parts, request)))).toEqual(['bad_input', 'name'])
    // An address holds no half characters.
    if (name.isWellFormed()) expect(await errorOf(await put(png, { name }))).toEqual(['bad_input', 'name'])
  })

  it('FI11 is a name only: a path in it leads nowhere', async () => {
    expect((await put(png, { id: 'a-path', name: '../../etc/passwd' })).status).toBe(200)
    expect((await kept()).every((key) => key.startsWith(filesOf(acme.org, conversation)))).toBe(true)
    const disposition = (await get('a-path')).headers.get('content-disposition')
    expect(disposition).toBe("inline; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd")
    for (const id of ['..%2fa-path', '%2e%2e', 'a%00b']) expect([400, 404]).toContain((await get(id)).status)
  })

  it('FI3 nobody writes over what another has sent', async () => {
    expect(await errorOf(await put(png, { id: 'of-the-agent' }))).toEqual(['conflict', 'file'])
    expect(await (await get('of-the-agent')).text()).toBe('hello')
  })
})

describe('a file in parts', () => {
  const big = new Uint8Array(FILE_PART + 100).fill(7)
  big.set(png)
  const about = { name: 'big.png', media: 'image/png', size: big.byteLength }
  const ask = (method: string, path: string, body: BodyInit | null = null) =>
    fetchApi(new Request(`${origin}/files/${conversation}/${path}`, { method, headers: { ...auth, origin }, body }))
  const begin = (id: string, more: object = {}) => ask('POST', `${id}/parts`, JSON.stringify({ ...about, ...more }))

  it('FI4 is taken up where it was cut off, and arrives whole', async () => {
    const id = 'a-large-file'
    expect(await (await begin(id)).json()).toMatchObject({ part: FILE_PART, parts: 2, arrived: [] })
    expect((await ask('PUT', `${id}/parts/1`, big.slice(0, FILE_PART))).status).toBe(204)
    expect(await errorOf(await ask('POST', id, '{}'))).toEqual(['conflict', undefined])
    expect(await (await begin(id)).json()).toMatchObject({ arrived: [1] })
    expect(await errorOf(await ask('PUT', `${id}/parts/2`, big.slice(0, 99)))).toEqual(['bad_input', ''])
    expect((await ask('PUT', `${id}/parts/3`, big.slice(0, 99))).status).toBe(404)
    expect((await ask('PUT', `${id}/parts/2`, big.slice(FILE_PART))).status).toBe(204)
    expect((await get(id)).status).toBe(404)
    expect((await ask('POST', id, '{}')).status).toBe(200)
    const whole = new Uint8Array(await (await get(id)).arrayBuffer())
    expect(whole.byteLength).toBe(big.byteLength)
    expect(whole.at(-1)).toBe(7)
    await customer.untilHeard(id)
    expect(await underWay()).toBe(0)
  })

  it('FI2 that does not begin as it should is given up whole', async () => {
    await begin('no-picture')
    expect(await errorOf(await ask('PUT', 'no-picture/parts/1', big.slice(100)))).toEqual(['bad_input', 'media'])
    expect((await ask('PUT', 'no-picture/parts/2', big.slice(FILE_PART))).status).toBe(404)
    expect(await underWay()).toBe(0)
  })

  it('FI2 is refused when it is larger than the configuration lets it be', async () => {
    expect(await errorOf(await begin('too-large', { size: 3 * FILE_PART + 1 }))).toEqual(['too_large', 'size'])
  })

  it('FI5 ends when it is given up, and by itself when it is left alone', async () => {
    await begin('given-up')
    expect((await ask('DELETE', 'given-up/parts')).status).toBe(204)
    await begin('left-alone')
    await ask('PUT', 'left-alone/parts/1', big.slice(0, FILE_PART))
    await runDuties(env, Date.now() + 23 * 3_600_000)
    expect(await underWay()).toBe(1)
    await runDuties(env, Date.now() + 25 * 3_600_000)
    expect(await underWay()).toBe(0)
    expect((await ask('POST', 'left-alone', '{}')).status).toBe(404)
  })
})

describe('a file that is asked for', () => {
  it('FI6 is shown when it is a picture, saved when it is anything else, and runs nothing', async () => {
    const page = '<script>alert(1)</script>'
    await put(page, { id: 'a-page-of-html', name: 'a "b".html', media: 'text/html' })
    await put(`<svg xmlns="http://www.w3.org/2000/svg">${page}</svg>`, { id: 'a-drawing', media: 'image/svg+xml' })
    for (const [id, kind] of [
      ['the-first-file', 'inline'],
      ['of-the-agent', 'attachment'],
      ['a-page-of-html', 'attachment'],
      ['a-drawing', 'attachment'],
    ] as const) {
      const { headers, status } = await get(id)
      expect([id, status, headers.get('content-disposition')?.split(';')[0]]).toEqual([id, 200, kind])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox; frame-ancestors 'none'")
      expect(headers.get('cache-control')).toBe('no-store')
    }
    expect((await get('a-page-of-html')).headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''a%20%22b%22.html",
    )
  })

  it('FI6 comes in the range that is asked for', async () => {
    const part = await get('of-the-agent', { ...auth, range: 'bytes=1-3' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 1-3/5', 'ell'])
    const end = await get('of-the-agent', { ...auth, range: 'bytes=-2' })
    expect([end.headers.get('content-range'), await end.text()]).toEqual(['bytes 3-4/5', 'lo'])
    const beyond = await get('of-the-agent', { ...auth, range: 'bytes=90-99' })
    expect([beyond.status, await beyond.text()]).toEqual([200, 'hello'])
  })

  it('FI6 answers HEAD as GET, and a copy that is still right without the file', async () => {
    const head = await fetchApi(
      new Request(`${origin}/files/${conversation}/of-the-agent`, { method: 'HEAD', headers: auth }),
    )
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '5', ''])
    const etag = head.headers.get('etag') ?? ''
    const same = await get('of-the-agent', { ...auth, 'if-none-match': `"x", ${etag}` })
    expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag])
    expect(await (await get('of-the-agent', { ...auth, 'if-none-match': '"x"' })).text()).toBe('hello')
    const other = await get('of-the-agent', { ...auth, range: 'bytes=1-3', 'if-range': '"x"' })
    expect([other.status, await other.text()]).toEqual([200, 'hello'])
    expect((await get('of-the-agent', { 'if-none-match': etag })).status).toBe(401)
  })

  it('FI7 is there for nobody who may not read the conversation', async () => {
    const other = await acme.visitor('noah')
    const theirs = await ticketFor(other.conversation, 'noah')
    expect((await get('the-first-file', theirs)).status).toBe(404)
    expect((await get('the-first-file', {})).status).toBe(401)
    const as = (id: string) => call('GET', `/files/${conversation}/the-first-file`, { as: memberOf(id) })
    expect((await as('ben')).status).toBe(200)
    expect((await as('bea')).status).toBe(404)
    expect(await errorOf(await put(png, { headers: theirs }))).toEqual(['not_found', undefined])
  })
})
