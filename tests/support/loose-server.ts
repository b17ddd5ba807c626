/** A server whose answers are not as its reference says: what guards of the tests have to notice. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers everything but its reference with this status, and with a field too many; the status 200 is documented. */
export async function looseServer(method: string, path: string, status: number) {
  const schema = { type: 'object', properties: { staff: {} }, additionalProperties: false }
  const responses = { 200: { content: { 'application/json': { schema } } } }
  const document = { paths: { [path]: { [method]: { responses } } }, components: { schemas: {} } }
  const server = createServer(({ url }, response) => {
    const answered = url === path ? status : 200
    response.writeHead(answered, { 'content-type': 'application/json' })
    response.end(JSON.stringify(url === '/api/openapi.json' ? document : { staff: 'x', token: 'x' }))
  }).listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    server.close()
  }
  return { origin: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close }
}
