/** Pages of others, on a port of their own. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The page of somebody else, with this in it, and a content security policy of its own. */
export async function pageWith(html: string, policy?: string) {
  const headers = { 'content-type': 'text/html', ...(policy && { 'content-security-policy': policy }) }
  const server = createServer((_request, response) => {
    response.writeHead(200, headers).end(`<!doctype html><title>A page</title>${html}`)
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://localhost:${port}/`, origin: `http://localhost:${port}`, [Symbol.asyncDispose]: close }
}
