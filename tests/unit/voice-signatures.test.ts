/** The carriers' signatures, by all that they have published, and by each of these with one byte changed. */
import { describe, expect, it } from 'vitest'
import type { Incoming } from '../../worker/channels/voice/carrier.ts'
import { carriers } from '../../worker/channels/voice/carriers.ts'
import { type Vector, vectors } from '../fixtures/voice/signatures.ts'

const incomingOf = ({ url, headers, body }: Vector): Incoming => ({
  url,
  headers: new Headers(headers),
  body: new Uint8Array(new TextEncoder().encode(body)),
})

const isGood = (vector: Vector, keys = [vector.key], now = vector.now) =>
  carriers[vector.carrier].verify(incomingOf(vector), keys, now)

/** The text with another character at a place, of the same kind so that it can be taken for what it was. */
function changed(text: string, at: number): string {
  const char = text[at] ?? ''
  const other = /\d/.test(char) ? (char === '7' ? '8' : '7') : char === 'b' ? 'c' : 'b'
  return text.slice(0, at) + other + text.slice(at + 1)
}

const signatureIn = ({ headers }: Vector) =>
  Object.entries(headers).find(([name]) => name.includes('signature')) ?? ['', '']

describe.each(vectors)('the signature of $name', (vector) => {
  it('VO1 is good, and good while another key replaces it', async () => {
    expect(await isGood(vector)).toBe(true)
    const other = vector.carrier === 'telnyx' ? btoa('0'.repeat(32)) : 'another'
    expect(await isGood(vector, [other, vector.key])).toBe(true)
    expect(await isGood(vector, [vector.key, other])).toBe(true)
    expect(await isGood(vector, [other])).toBe(false)
    expect(await isGood(vector, [])).toBe(false)
  })

  it('VO1 is wrong with one byte of it changed, at any place', async () => {
    const [name, value] = signatureIn(vector)
    // Of base64's padding and of the names of parts nothing follows.
    const from = value.indexOf('v1=') === -1 ? 0 : value.indexOf('v1=') + 3
    for (let at = from; at < value.length; at += 1) {
      const headers = { ...vector.headers, [name]: changed(value, at) }
      expect(await isGood({ ...vector, headers }), `${name} at ${at}`).toBe(false)
    }
  })

  it('VO1 is wrong for another body, or none', async () => {
    for (let at = 0; at < vector.body.length; at += 1) {
      // What belongs to the writing of a form and not to what it says may differ.
      const body = changed(vector.body, at)
      const isSame =
        `${new URLSearchParams(body)}` === `${new URLSearchParams(vector.body)}` && !vector.body.startsWith('{')
      if (!isSame) expect(await isGood({ ...vector, body }), `${at}: ${body}`).toBe(false)
    }
    expect(await isGood({ ...vector, body: '' })).toBe(false)
  })

  it('VO1 is wrong when it is missing or no signature at all', async () => {
    const [name] = signatureIn(vector)
    for (const value of ['', '=', 'WRONG_SIGNATURE', 't=,v1=', 't=1700000000,v1=']) {
      expect(await isGood({ ...vector, headers: { ...vector.headers, [name]: value } })).toBe(false)
    }
  })
})

describe('what a signature covers', () => {
  const byAddress = vectors.filter(({ carrier }) => carrier === 'twilio' || carrier === 'signalwire')
  it.each(byAddress)('VO1 is the address too, in $name', async (vector) => {
    expect(await isGood({ ...vector, url: vector.url.replace('.php', '.php5').replace('webhook', 'webhooks') })).toBe(
      false,
    )
    expect(await isGood({ ...vector, url: `${vector.url}${vector.url.includes('?') ? '&' : '?'}x=1` })).toBe(false)
  })

  const byTime = vectors.filter(({ carrier }) => carrier === 'telnyx' || carrier === 'jambonz')
  it.each(byTime)('VO2 is the time too, for five minutes, in $name', async (vector) => {
    for (const minutes of [-5, 5]) expect(await isGood(vector, undefined, vector.now + minutes * 60_000)).toBe(true)
    for (const minutes of [-6, 6]) expect(await isGood(vector, undefined, vector.now + minutes * 60_000)).toBe(false)
    const headers = Object.fromEntries(
      Object.entries(vector.headers).map(([name, value]) => [name, value.replace('1700000000', '1700000001')]),
    )
    expect(await isGood({ ...vector, headers })).toBe(false)
  })

  it('VO1 is, with SignalWire, the order in which a parameter comes twice; with Twilio it is not', async () => {
    const two = vectors.find(({ name }) => name.endsWith('twice, the other way round'))
    if (two === undefined) throw new Error('there is such a vector')
    const [, signature] = signatureIn(two)
    const headers = { ...two.headers, 'x-signalwire-signature': signature }
    expect(await isGood({ ...two, carrier: 'signalwire', headers })).toBe(false)
  })
})
