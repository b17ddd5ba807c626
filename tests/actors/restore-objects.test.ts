/** Objects of a backup of any size, and what the audit is told of reading and putting back. */
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditList } from '../../core/protocol/administration.ts'
import { RestoreBegun } from '../../core/protocol/api.ts'
import type { Ask } from '../../scripts/lib/api.mjs'
import { contentOf, putObject } from '../../scripts/lib/backup.mjs'
import { call, found, memberOf } from './callers.ts'
import { env } from './env.ts'

const olga = { as: memberOf('olga') }
const base = '/api/ops/backup'
const PART = 5 * 1_048_576
const size = PART + 100
const object = { key: 'files/c/large', size, media: 'text/plain', metadata: { name: 'large.txt' } }
const content = new Blob(['a'.repeat(PART), 'b'.repeat(100)])

beforeAll(found)

const asked: string[] = []
const ask: Ask = async (method, path, { body, from } = {}) => {
  asked.push(`${method} ${path.split('?')[0]}`)
  const answer = await call(method, path, { ...olga, body: from === undefined ? body : await from.text() })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? undefined : answer.json()
}
const acts = async (action: string) =>
  AuditList.parse(await (await call('GET', `/api/v1/audit?action=${action}`, olga)).json()).items

describe('an object that is too large for one request', () => {
  it('BA5 comes back in parts, as it was; there already, it stays', async () => {
    await putObject(ask, object, content, PART)
    const there = await env.FILES.get('acme/files/c/large')
    expect([there?.size, there?.httpMetadata?.contentType, there?.customMetadata]).toEqual([
      size,
      'text/plain',
      { name: 'large.txt' },
    ])
    expect((await there?.text())?.slice(PART - 1, PART + 1)).toBe('ab')
    expect(asked.filter((line) => line === `PUT ${base}/parts`)).toHaveLength(2)
    asked.length = 0
    await putObject(ask, object, new Blob(['c'.repeat(size)]), PART)
    expect(asked).toEqual([`POST ${base}/parts`])
  })

  it('BA5 is not there when its parts are not its own, or not all of it', async () => {
    const key = 'files/c/other'
    const begun = await call('POST', `${base}/parts`, { ...olga, body: { key, media: '', metadata: {} } })
    const { upload } = RestoreBegun.parse(await begun.json())
    const end = (parts: object[], whole = size) =>
      call('POST', `${base}/parts/end`, { ...olga, body: { key, upload, size: whole, parts } })
    expect((await end([{ number: 1, etag: 'of-another' }])).status).toBe(404)
    const query = new URLSearchParams({ key, upload: String(upload), number: '1', size: '3' })
    expect((await call('PUT', `${base}/parts?${query}`, { ...olga, body: 'four' })).status).toBe(400)
    const part = await (await call('PUT', `${base}/parts?${query}`, { ...olga, body: 'abc' })).json<object>()
    const short = await end([{ number: 1, ...part }], 4)
    expect([short.status, await env.FILES.head(`acme/${key}`)]).toEqual([400, null])
  })
})

describe('the audit', () => {
  it('BA6 holds who read and who put back, once an hour for each', async () => {
    const page = { storage: '', rows: [], entries: [], next: null }
    for (let n = 0; n < 3; n++) {
      expect((await call('GET', contentOf(object), olga)).status).toBe(200)
      await call('GET', `${base}/actor?actor=acme/book/book`, olga)
      await call('PUT', `${base}/actor`, { ...olga, body: { actor: 'acme/book/book', page } })
    }
    const facts = async (action: string) =>
      (await acts(action)).map(({ by, object: { kind, id }, after }) => [by.id, kind, id.split('/')[0], after]).sort()
    expect(await facts('ops.backup')).toEqual([
      ['olga', 'backup', 'actors', { first: 'acme/book/book' }],
      ['olga', 'backup', 'objects', { first: 'files/c/large' }],
    ])
    expect(await facts('ops.restore')).toEqual([
      ['olga', 'restore', 'actors', { first: 'acme/book/book' }],
      ['olga', 'restore', 'objects', { first: 'files/c/large' }],
    ])
  })
})
