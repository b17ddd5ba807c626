/** What the dialects take from the runtime in which we run: its cryptography, and how it divides texts. */
import { expect, it } from 'vitest'
import { carriers } from '../../worker/channels/voice/carriers.ts'
import { pieces } from '../../worker/channels/voice/pieces.ts'
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

it('VO10 long texts are divided between sentences here too', () => {
  const sentence = '请您稍候，我们的客服代表很快就会为您服务。'
  for (const piece of pieces(sentence.repeat(60))) expect(piece.replaceAll(sentence, '')).toBe('')
})
