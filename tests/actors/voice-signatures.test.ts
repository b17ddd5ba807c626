/** The carriers' published signatures, by the cryptography of the runtime in which we run. */
import { expect, it } from 'vitest'
import { carriers } from '../../worker/channels/voice/carriers.ts'
import { vectors } from '../fixtures/voice/signatures.ts'

it.each(vectors)('VO1 $name is good here too, and wrong with another body', async (vector) => {
  const { carrier, url, headers, key, now, body } = vector
  const verify = (text: string) => {
    const incoming = { url, headers: new Headers(headers), body: new Uint8Array(new TextEncoder().encode(text)) }
    return carriers[carrier].verify(incoming, [key], now)
  }
  expect(await verify(body)).toBe(true)
  expect(await verify(`${body}x`)).toBe(false)
})
