/** Requests to addresses that somebody configured: which are never made, and what ends one that is. */
import { globSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { checkAddress, outbound } from '../../worker/outbound.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A server of this machine, and the little of an installation that lets it be asked. */
async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  return { env: { PARLEY_LOOPBACK: String(port) } as never, url: `http://127.0.0.1:${port}` }
}

describe('an address', () => {
  it.each([
    'http://example.com/',
    'https://user:secret@example.com/',
    'ftp://example.com/',
    'https://localhost/',
    'https://db.internal/',
    'https://printer.local/',
    'https://printer/',
    'https://localhost./',
    'https://127.0.0.1/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://8.8.8.8/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://１２７.０.０.１/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[fd00::1]/',
    'https://[2606:4700::1111]/',
    'http://localhost:9/',
    'nonsense',
    '',
  ])('SC11: %s is not asked', (address) => {
    expect(() => checkAddress({}, address)).toThrow()
  })

  it.each(['https://example.com/a?b', 'https://login.example.co.uk:8443/', 'https://xn--mnchen-3ya.example.org/'])(
    'SC11: %s may be',
    (address) => {
      expect(checkAddress({}, address).href).toBe(address)
    },
  )
})

describe('a request', () => {
  it('SC11: follows redirects that it might ask itself, and no others', async () => {
    const { env, url } = await serve(({ url: path }, response) => {
      const to = path === '/inside' ? 'http://127.0.0.1:1/' : path === '/round' ? '/round' : '/here'
      if (path === '/here') response.end('found')
      else response.writeHead(302, { location: to }).end()
    })
    expect(await (await outbound(env, `${url}/there`)).text()).toBe('found')
    await expect(outbound(env, `${url}/inside`)).rejects.toThrow('https://')
    await expect(outbound(env, `${url}/round`)).rejects.toThrow('too often')
    await expect(outbound(env, `${url}/there`, { method: 'POST', body: 'x' })).rejects.toThrow('redirects')
  })

  it('SC11: takes five megabytes and no more, and says what broke', async () => {
    const { env, url } = await serve(({ url: path }, response) => {
      if (path === '/cut') response.writeHead(200, { 'content-length': '9' }).write('half', () => response.destroy())
      else response.end(Buffer.alloc(5 * 1024 * 1024 + (path === '/more' ? 1 : 0)))
    })
    expect((await (await outbound(env, `${url}/most`)).arrayBuffer()).byteLength).toBe(5 * 1024 * 1024)
    await expect(outbound(env, `${url}/more`)).rejects.toThrow('too long')
    await expect(outbound(env, `${url}/cut`)).rejects.toThrow('breaks off')
    stops.pop()?.()
    await expect(outbound(env, `${url}/most`)).rejects.toThrow('cannot be reached')
  })
})

describe('what takes too long', () => {
  const soon = 150
  it.each([
    ['says nothing', '/silent'],
    ['stops in the middle of its answer', '/half'],
    ['leads from one place to the next, each of them slow', '/maze'],
  ])('SC11: is given up at the limit for the whole of it, when it %s', async (_, path) => {
    const { env, url } = await serve(({ url: asked }, response) => {
      if (asked === '/half') response.writeHead(200, { 'content-length': '9' }).write('half')
      if (asked?.startsWith('/maze') === true) {
        // Each is within the limit, but not all of them.
        const turn = setTimeout(() => response.writeHead(302, { location: `${asked}x` }).end(), soon / 2)
        stops.push(() => clearTimeout(turn))
      }
    })
    await expect(outbound(env, `${url}${path}`, {}, soon)).rejects.toThrow('in time')
  })

  it('SC11: is ten seconds, where nobody says otherwise', async () => {
    const limit = vi.spyOn(AbortSignal, 'timeout')
    const { env, url } = await serve((_, response) => response.end('at once'))
    await outbound(env, url)
    expect(limit.mock.calls).toEqual([[10_000]])
    limit.mockRestore()
  })
})

it('SC11: what redirects to another host gets nothing that was meant for the first', async () => {
  const heard: unknown[] = []
  const other = await serve(({ headers }, response) => response.end(String(heard.push(headers))))
  const { env, url } = await serve((_, response) => response.writeHead(302, { location: `${other.url}/there` }).end())
  const both = { PARLEY_LOOPBACK: `${new URL(url).port},${new URL(other.url).port}` } as never
  await expect(outbound(both, url, { headers: { authorization: 'Bearer x' } })).rejects.toThrow('another host')
  expect(heard).toEqual([])
  expect(await (await outbound(both, url)).text()).toBe('1')
  await expect(outbound(env, url)).rejects.toThrow('https://')
})

it.each(['http://169.254.169.254/', 'https://10.0.0.1/', 'https://[::1]/', '//localhost/', 'file:///etc/passwd'])(
  'SC11: a redirect to %s is not followed',
  async (location) => {
    const { env, url } = await serve((_, response) => response.writeHead(302, { location }).end())
    await expect(outbound(env, url)).rejects.toThrow(/https|public/)
  },
)

it('SC11: nothing else fetches', () => {
  const bare = /(?<![.\w])fetch\(|\b(?:globalThis|self|window)\s*(?:\.\s*fetch\b|\[)/
  const declared = /\b(?:async|override)\s+fetch\(|\bfetch\(request: Request\)/g
  const files = globSync('{worker,durable-objects,core}/**/*.ts').filter((file) => file !== 'worker/outbound.ts')
  const found = files.filter((file) => bare.test(readFileSync(file, 'utf8').replaceAll(declared, '')))
  expect(found).toEqual([])
  expect(bare.test('await fetch(url)')).toBe(true)
  expect(bare.test('globalThis.fetch')).toBe(true)
})
