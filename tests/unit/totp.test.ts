/** Codes of authenticator apps, against the vectors of RFC 6238 (appendix B, SHA-1) and RFC 4648. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base32, checkTotp, fromBase32, newTotpSecret, totpAddress, totpAt } from '../../worker/auth/totp.ts'

const text = (ascii: string) => Uint8Array.from(ascii, (char) => char.charCodeAt(0))
const secret = text('12345678901234567890')

describe('a code', () => {
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('SC9: at %s s is %s', async (seconds, code) => {
    expect(await totpAt(secret, Math.floor(seconds / 30), 8)).toBe(code)
  })

  it('SC9: is right in its step and beside it, and never twice', async () => {
    const own = newTotpSecret()
    const now = 1_700_000_000_000
    const step = Math.floor(now / 30_000)
    const at = (n: number) => totpAt(fromBase32(own), n)
    expect(await checkTotp(own, await at(step), now, 0)).toBe(step)
    expect(await checkTotp(own, await at(step - 1), now, 0)).toBe(step - 1)
    expect(await checkTotp(own, await at(step + 1), now, 0)).toBe(step + 1)
    expect(await checkTotp(own, await at(step - 2), now, 0)).toBeUndefined()
    expect(await checkTotp(own, await at(step), now, step)).toBeUndefined()
    expect(await checkTotp(own, '', now, 0)).toBeUndefined()
  })
})

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foobar', 'MZXW6YTBOI'],
  ])('of "%s" is %s', (plain, coded) => {
    expect(base32(text(plain))).toBe(coded)
  })

  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void expect(fromBase32(base32(bytes))).toEqual(bytes)),
    )
  })
})

it('an address names organisation and account as apps read them', () => {
  const url = new URL(totpAddress('ABC', 'Acme & Söhne', 'ada@acme.example'))
  expect(decodeURIComponent(url.pathname)).toContain('Acme & Söhne:ada@acme.example')
  expect(url.searchParams.get('issuer')).toBe('Acme & Söhne')
})
