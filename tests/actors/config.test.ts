/** The configuration over the API: its versions, what is different, the way back. */
import { beforeAll, describe, expect, it } from 'vitest'
import {
  ConfigChanges,
  ConfigVersionList,
  KeptConfig,
  NameList,
  Problem,
  PublishedConfig,
} from '../../core/protocol/api.ts'
import { call, configOf, found, memberOf, publish } from './callers.ts'

const olga = memberOf('olga')
const path = '/api/v1/config'
let keys = 0
const key = () => ({ 'idempotency-key': `config-key-${++keys}` })
const rename = (organisation: string, query: string) =>
  call('PUT', `${path}${query}`, { as: olga, body: { ...configOf('acme'), organisation }, headers: key() })
const back = (version: number, body: object) =>
  call('POST', `${path}/versions/${version}/return`, { as: olga, body, headers: key() })
const get = (rest: string) => call('GET', `${path}${rest}`, { as: olga })

beforeAll(found)

describe('versions of the configuration', () => {
  it('BK4 BK5 BK6 are listed, read, compared and brought back; nobody overwrites what they have not seen', async () => {
    expect((await rename('Two', '?base=1&note=A+new+name')).status).toBe(200)
    const late = await rename('Mine', '?base=1')
    expect(late.status).toBe(409)
    expect(Problem.parse(await late.json())).toMatchObject({
      code: 'conflict',
      errors: [{ field: 'base' }],
      changes: [{ kind: 'changed', path: 'organisation', before: 'The company acme', after: 'Two' }],
    })
    expect((await back(1, { base: 1 })).status).toBe(409)
    for (const blind of [await rename('Mine', ''), await back(1, {})])
      expect(Problem.parse(await blind.json())).toMatchObject({ status: 400, errors: [{ field: 'base' }] })
    expect(await (await back(1, { base: 2, note: 'The old name' })).json()).toEqual({ version: 3 })

    const first = ConfigVersionList.parse(await (await get('/versions?limit=2')).json())
    expect(first).toMatchObject({
      items: [
        { version: 3, by: 'olga', byName: 'Chloé olga', note: 'The old name', returnTo: 1 },
        { version: 2, note: 'A new name', returnTo: null },
      ],
      next: '2',
    })
    const rest = ConfigVersionList.parse(await (await get(`/versions?cursor=${first.next}`)).json())
    expect(rest).toMatchObject({ items: [{ version: 1 }], next: null })

    const old = KeptConfig.parse(await (await get('/versions/2')).json())
    expect(old).toMatchObject({ version: 2, config: { organisation: 'Two' } })
    const now = PublishedConfig.parse(await (await get('')).json())
    const changes = ConfigChanges.parse(await (await get('/changes?from=2')).json())
    expect(changes).toMatchObject({ from: 2, to: 3, changes: [{ path: 'organisation' }] })
    expect(ConfigChanges.parse(await (await get('/changes?from=1&to=3')).json()).changes).toEqual([])
    expect(now).toMatchObject({ version: 3, config: { organisation: 'The company acme' } })
  })

  it('BK4 that are not there are not found, by the field that names them', async () => {
    for (const rest of ['/versions/99', '/versions/x', '/changes?from=99', '/changes?from=1&to=99'])
      expect((await get(rest)).status, rest).toBe(404)
    expect((await back(99, { base: 3 })).status).toBe(404)
    expect((await get('/changes?from=one')).status).toBe(400)
  })
})

describe('the names of a configuration', () => {
  it('AP9 come page by page, none twice and none left out', async () => {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page = NameList.parse(await (await call('GET', `/api/v1/agents?limit=2${query}`, { as: olga })).json())
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(seen).toEqual(Object.keys(configOf('acme').agents).sort())
  })
})

describe('publishing', () => {
  it('RT4: says what is legal but likely not meant, and refuses what cannot be read, with its place', async () => {
    const strict = { by: 'list', list: [{ by: 'grade', direction: 'desc' }] }
    const config = configOf('acme')
    const queues = Object.fromEntries(
      Object.entries(config.queues).map(([id, queue]) => [id, { ...queue, contactOrder: strict }]),
    )
    const done = await publish({ ...config, queues })
    const fields = Object.keys(queues).map((id) => ({ field: `queues.${id}.contactOrder` }))
    expect(await done.json()).toMatchObject({ warnings: [...fields, { field: 'plans.chat' }] })

    const steps = [{ after: 0, queues: [{ queue: Object.keys(queues)[0], need: { where: 'billing >= high' } }] }]
    const plans = { ...config.plans, [config.entrances.chat]: { name: 'Chat', steps } }
    const refused = await publish({ ...config, plans })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(await refused.json())).toContain('column 12: expected a level from 0 to 10')
  })
})
