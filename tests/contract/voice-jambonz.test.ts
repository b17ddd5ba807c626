/** What we write against jambonz' own schemas, what it tells against ours, and its signature against its library's. */
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { type Schema, Validator } from '@cfworker/json-schema'
import { WebhookResponse } from '@jambonz/sdk/webhook'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lacks } from '../../worker/channels/voice/carrier.ts'
import { jambonz } from '../../worker/channels/voice/jambonz/carrier.ts'
import { errand, instructions, LEG } from '../support/voice/instructions.ts'
import { type Happening, peers } from '../support/voice/peers.ts'

const require = createRequire(import.meta.url)
/** It has no types. */
const schema: { validateApp(verbs: unknown): { valid: boolean; errors: unknown[] } } = require('@jambonz/schema')
const home = dirname(require.resolve('@jambonz/schema'))

const read = (file: string): Schema => JSON.parse(readFileSync(join(home, file), 'utf8'))
const verbs = new Map(
  readdirSync(join(home, 'verbs')).map((file) => [
    file.replace('.schema.json', '').replace('-', ':'),
    read(`verbs/${file}`),
  ]),
)
const propertiesOf = (verb: string) => Object.keys(verbs.get(verb)?.['properties'] ?? {})

/** The schema of what jambonz posts to a hook, with those that it refers to. */
function callback(name: string): Validator {
  const validator = new Validator(read(`callbacks/${name}.schema.json`), '2020-12')
  const others = readdirSync(join(home, 'callbacks')).filter((file) => file !== `${name}.schema.json`)
  for (const file of others) validator.addSchema(read(`callbacks/${file}`))
  return validator
}

describe("jambonz' own packages", () => {
  it('VO9 take every document, and know each of its properties', () => {
    fc.assert(
      fc.property(instructions, (some) => {
        fc.pre(lacks(some, jambonz.caps) === undefined)
        const written: Record<string, unknown>[] = JSON.parse(jambonz.write(some, errand()).body)
        expect(schema.validateApp(written)).toEqual({ valid: true, errors: [] })
        for (const { verb, ...rest } of written)
          expect(propertiesOf(`${verb}`)).toEqual(expect.arrayContaining(Object.keys(rest)))
      }),
      { numRuns: 100 },
    )
  })

  it.each<[string, Happening]>([
    ['session-new', { is: 'rings', from: '+1', to: '+2', name: 'Ada' }],
    ['gather', { is: 'pressed', digits: '1' }],
    ['gather', { is: 'said', text: 'agent', confidence: 0.9 }],
    ['gather', { is: 'comes back' }],
    ['dial', { is: 'dialled', status: 'busy', child: 'B' }],
    ['call-status', { is: 'status', status: 'completed', seconds: 9 }],
    ['conference-status', { is: 'in the room', what: 'join', at: '2026-11-21T10:00:00Z', number: 0 }],
  ])('VO9 tell in the form of %s what the conformance suite has jambonz tell: %j', (name, happening) => {
    const { valid, errors } = callback(name).validate(JSON.parse(peers.jambonz.tells(happening, LEG)))
    expect({ valid, errors }).toEqual({ valid: true, errors: [] })
  })

  it('VO9 find good what we find so, and wrong what we find so', async () => {
    const now = Date.now()
    const body = peers.jambonz.tells({ is: 'pressed', digits: '1' }, LEG)
    const seconds = `${Math.floor(now / 1_000)}`
    const sign = (key: string, text: string) => createHmac('sha256', key).update(`${seconds}.${text}`).digest('hex')
    for (const [header, isGood] of [
      [`t=${seconds},v1=${sign('whsec', body)}`, true],
      [`t=${seconds},v1=${sign('old', body)},v1=${sign('whsec', body)}`, true],
      [`t=${seconds},v1=${sign('old', body)}`, false],
      [`t=${seconds},v1=${sign('whsec', `${body} `)}`, false],
      [`v1=${sign('whsec', body)}`, false],
      ['', false],
    ] as const) {
      const headers = { 'jambonz-signature': header }
      const incoming = {
        url: 'https://parley.example/',
        headers: new Headers(headers),
        body: new Uint8Array(new TextEncoder().encode(body)),
      }
      expect(await jambonz.verify(incoming, ['whsec'], now)).toBe(isGood)
      const request = Object.assign(new IncomingMessage(new Socket()), { headers, body })
      const error = await new Promise((resolve) =>
        WebhookResponse.verifySignature('whsec')(request, new ServerResponse(request), resolve),
      )
      expect(error === undefined).toBe(isGood)
    }
  })
})
