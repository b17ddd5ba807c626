/** The tests' own guard: a command that gets an undocumented answer in a contract test fails. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { admin } from './admin-command.ts'

it.each([
  ['a status', 418, 'the status 418'],
  ['a field', 200, 'token'],
])('AP2 sees in commands too when an answer has %s that is not documented', async (_, status, why) => {
  const schema = { type: 'object', properties: { staff: {} }, additionalProperties: false }
  const responses = { 200: { content: { 'application/json': { schema } } } }
  const document = { paths: { '/api/v1/session': { post: { responses } } }, components: { schemas: {} } }
  const server = createServer(({ url }, response) => {
    const isDocument = url === '/api/openapi.json'
    response.writeHead(isDocument ? 200 : status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isDocument ? document : { staff: 'x', token: 'x' }))
  }).listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const { port } = server.address() as AddressInfo
  const { code, stderr } = await admin(['stuck', '--email', 'a@b.example', '--url', `http://127.0.0.1:${port}`], {
    env: { PARLEY_PASSWORD: 'x' },
  })
  server.closeAllConnections()
  server.close()
  expect([code, stderr]).toEqual([1, expect.stringContaining('is not as documented')])
  expect(stderr).toContain(why)
})
