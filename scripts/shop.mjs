// The demo shop: a web page of another origin that includes the widget and vouches for its own users.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { SignJWT } from 'jose'
import { inRoot } from './lib/paths.mjs'

const users = {
  mia: { sub: 'shop-user-1001', name: 'Mia Berger', email: 'mia@customers.example' },
  noah: { sub: 'shop-user-1002', name: 'Noah Tanaka', email: 'noah@customers.example' },
}

/**
 * Serves the shop on 127.0.0.1.
 * @param {{ port: number, parleyOrigin: string, organisation: string, secret: string, log?: (line: string) => void }} options
 *   `secret` is what widgetSecret() derives for the organisation; port 0 takes a free one
 * @returns {Promise<{ port: number, url: string, stop: () => Promise<void> }>}
 */
export async function startShop({ port, parleyOrigin, organisation, secret, log = () => {} }) {
  const key = new TextEncoder().encode(secret)
  const server = createServer((request, response) => {
    answer(request, { parleyOrigin, organisation, key }).then(
      ({ status = 200, headers = {}, body = '' }) => response.writeHead(status, headers).end(body),
      (error) => {
        log(`The shop failed: ${error.message}`)
        response.writeHead(500).end()
      },
    )
  })
  await new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  const { port: taken } = server.address()
  const stop = () =>
    new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  return { port: taken, url: `http://localhost:${taken}/`, stop }
}

async function answer(request, shop) {
  const { pathname, searchParams } = new URL(request.url, 'http://shop')
  const user = userOf(request)
  if (request.method === 'POST' && pathname === '/sign-in') return signIn(searchParams.get('as') ?? '')
  if (request.method !== 'GET') return { status: 405 }
  if (pathname === '/') return page(shop, user)
  if (pathname === '/shop.js') return script()
  if (pathname === '/chat-user') return chatUser(shop, user)
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' }
}

/** A real shop has passwords here; this one believes everybody. */
function signIn(as) {
  const value = Object.hasOwn(users, as) ? as : ''
  const cookie = `shop_user=${value}; Path=/; HttpOnly; SameSite=Lax${value ? '' : '; Max-Age=0'}`
  return { status: 303, headers: { location: '/', 'set-cookie': cookie } }
}

const userOf = (request) => {
  const id = /(?:^|; *)shop_user=([a-z]+)/.exec(request.headers.cookie ?? '')?.[1]
  return id !== undefined && Object.hasOwn(users, id) ? id : undefined
}

/** The shop's word on who its user is: what a company has to build to have its customers known in the chat. */
async function chatUser({ key }, user) {
  const headers = { 'content-type': 'text/plain', 'cache-control': 'no-store' }
  if (user === undefined) return { status: 404, headers, body: 'Nobody is signed in' }
  const { sub, ...claims } = users[user]
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setSubject(sub).setExpirationTime('10m')
  return { headers, body: await token.sign(key) }
}

const script = () => ({
  headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' },
  body: readFileSync(inRoot('scripts/demo/shop.js'), 'utf8'),
})

function page({ parleyOrigin, organisation }, user) {
  const choices = [['', 'Visitor'], ...Object.entries(users).map(([id, { name }]) => [id, name])]
  const buttons = choices
    .map(([id, name]) => {
      const pressed = id === (user ?? '')
      return `<button formaction="/sign-in?as=${id}" aria-pressed="${pressed}">${name}</button>`
    })
    .join('')
  const body = readFileSync(inRoot('scripts/demo/shop.html'), 'utf8')
    .replaceAll('{{parley}}', parleyOrigin)
    .replaceAll('{{organisation}}', organisation)
    .replaceAll('{{user}}', user ?? '')
    .replace('{{choices}}', () => buttons)
  // What a careful shop has: scripts of its own and the widget's, whose frame, question and styles it lets in.
  const policy = [
    "default-src 'self'",
    `script-src 'self' ${parleyOrigin}`,
    `frame-src ${parleyOrigin}`,
    `connect-src 'self' ${parleyOrigin}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  }
  return { headers, body }
}
