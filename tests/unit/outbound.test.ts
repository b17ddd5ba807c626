/** Requests to addresses that somebody configured: which are never made, and what ends one that is. */
import { globSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
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

it('SC11: nothing else fetches', () => {
  const bare = /(?<![.\w])fetch\(|\b(?:globalThis|self|window)\s*(?:\.\s*fetch\b|\[)/
  const declared = /\b(?:async|override)\s+fetch\(|\bfetch\(request: Request\)/g
  const files = globSync('{worker,durable-objects,core}/**/*.ts').filter((file) => file !== 'worker/outbound.ts')
  const found = files.filter((file) => bare.test(readFileSync(file, 'utf8').replaceAll(declared, '')))
  expect(found).toEqual([])
  expect(bare.test('await fetch(url)')).toBe(true)
  expect(bare.test('globalThis.fetch')).toBe(true)
})
