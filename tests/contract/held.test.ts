/** The tests' own guard: a command that gets an undocumented answer in a contract test fails. */
import { expect, it } from 'vitest'
import { looseServer } from '../support/loose-server.ts'
import { admin } from './admin-command.ts'

it.each([
  ['a status', 418, 'the status 418'],
  ['a field', 200, 'token'],
])('AP2 sees in commands too when an answer has %s that is not documented', async (_, status, why) => {
  await using server = await looseServer('post', '/api/v1/session', status)
  const { code, stderr } = await admin(['stuck', '--email', 'a@b.example', '--url', server.origin], {
    env: { PARLEY_PASSWORD: 'x' },
  })
  expect([code, stderr]).toEqual([1, expect.stringContaining('is not as documented')])
  expect(stderr).toContain(why)
})
