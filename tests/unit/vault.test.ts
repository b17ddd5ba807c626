/** Secrets at rest: sealed for one place, under keys that can be replaced. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { currentKey, seal, unseal } from '../../worker/auth/vault.ts'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
const one = { PARLEY_VAULT_1: key(1) }
const two = { ...one, PARLEY_VAULT_2: key(2) }
const place = { org: 'acme', name: 'oidc' }

it('SC10: opens what was sealed, and the seal tells nothing of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200, unit: 'grapheme' }), async (secret) => {
      const sealed = await seal(one, place, secret)
      expect(await unseal(one, place, sealed)).toBe(secret)
      expect(await seal(one, place, secret)).not.toBe(sealed)
    }),
  )
})

it('SC10: opens nothing at another place, nothing that was changed, nothing under another key', async () => {
  const sealed = await seal(one, place, 'a secret')
  const [id = '', nonce = '', text = ''] = sealed.split('.')
  const changed = [id, nonce, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`].join('.')
  await expect(unseal(one, { ...place, org: 'birch' }, sealed)).rejects.toThrow()
  await expect(unseal(one, { ...place, name: 'totp:ada' }, sealed)).rejects.toThrow()
  await expect(unseal(one, place, changed)).rejects.toThrow()
  await expect(unseal({ PARLEY_VAULT_1: key(9) }, place, sealed)).rejects.toThrow()
  await expect(unseal({ PARLEY_VAULT_2: key(2) }, place, sealed)).rejects.toThrow('PARLEY_VAULT_1 is not set')
  await expect(unseal(one, place, 'a secret')).rejects.toThrow('not sealed here')
})

it('SC10: seals under the newest key, and opens what older ones sealed', async () => {
  const before = await seal(one, place, 'a secret')
  const after = await seal(two, place, 'a secret')
  expect([before, after].map((sealed) => sealed.split('.')[0])).toEqual(['1', '2'])
  expect(await unseal(two, place, before)).toBe('a secret')
  expect(currentKey({ ...two, PARLEY_VAULT_10: key(3) })).toBe(10)
  expect(() => currentKey({})).toThrow('PARLEY_VAULT_1 is not set')
})
