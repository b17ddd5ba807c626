/** Keys, passwords and tokens of the edge, outside of the platform: the administrator's scripts use them too. */
import { scrypt } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, it, vi } from 'vitest'
import { address, asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import type { Principal } from '../../core/protocol/principal.ts'
import { base64url, deriveKey, fromBase64url, widgetSecret } from '../../worker/auth/keys.ts'
import { networkOf } from '../../worker/auth/limits.ts'
import { checkPassword, hashPassword } from '../../worker/auth/passwords.ts'
import {
  readDevice,
  readTicket,
  readUser,
  readVisitor,
  signDevice,
  signTicket,
  signVisitor,
} from '../../worker/auth/tokens.ts'

vi.mock('node:crypto', { spy: true })

const secret = 'a secret for tests only, 32 bytes+'
const org = asId<OrgId>('acme')
const actor = address(org, 'conversation', asId<ConversationId>('c1'))
const principal: Principal = { kind: 'customer', org, customer: 'c_1', conversation: 'c1' }

describe('keys', () => {
  it('differ by purpose, organisation and secret, and stay the same otherwise', async () => {
    const texts = await Promise.all([
      widgetSecret(secret, 'acme'),
      widgetSecret(secret, 'birch'),
      widgetSecret(`${secret}!`, 'acme'),
      deriveKey(secret, 'ticket').then(base64url),
      deriveKey(secret, 'visitor').then(base64url),
    ])
    expect(new Set(texts).size).toBe(texts.length)
    expect(await widgetSecret(secret, 'acme')).toBe(texts[0])
  })

  it('are not made from a short secret', async () => {
    await expect(deriveKey('short', 'ticket')).rejects.toThrow('PARLEY_SECRET')
  })

  it('base64url goes both ways', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    expect(fromBase64url(base64url(bytes))).toEqual(bytes)
  })
})

describe('passwords', () => {
  it('fit their own hash only', async () => {
    const hash = await hashPassword('caf\u00e9 au lait')
    expect(hash).toMatch(/^scrypt\$16384\$8\$5\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/)
    expect(await checkPassword('cafe\u0301 au lait', hash)).toBe(true)
    expect(await checkPassword('cafe au lait', hash)).toBe(false)
  })

  it('of nobody fit nothing, and cost as much', async () => {
    const hash = await hashPassword('right')
    const costs = async (stored: string | undefined) => {
      vi.mocked(scrypt).mockClear()
      expect(await checkPassword('wrong', stored)).toBe(false)
      return vi.mocked(scrypt).mock.calls.map(([, , bytes, options]) => [bytes, options])
    }
    const known = await costs(hash)
    expect(known).toHaveLength(1)
    expect(await costs(undefined)).toEqual(known)
  })

  it('refuse a stored hash that is none, or costs too much', async () => {
    for (const stored of [
      '',
      'plain',
      'scrypt$16384$8$5$$',
      'scrypt$1048576$8$5$AAAA$AAAA',
      'scrypt$x$8$5$AAAA$AAAA',
    ]) {
      expect(await checkPassword('', stored)).toBe(false)
    }
  })
})

describe('tickets', () => {
  it('carry the principal and the actor', async () => {
    expect(await readTicket(secret, await signTicket(secret, actor, principal))).toEqual({ principal, actor })
  })

  it('are refused when over, forged, of another kind or garbage', async () => {
    const late = await signTicket(secret, actor, principal, { lifetime: -60 })
    const forged = await signTicket(`${secret}!`, actor, principal)
    const visitor = await signVisitor(secret, 'acme', 'v')
    const [head, , mark] = (await signTicket(secret, actor, principal)).split('.')
    const changed = [head, btoa(JSON.stringify({ aud: actor, principal, exp: 9_999_999_999 })), mark].join('.')
    const bare = `${btoa('{"alg":"none"}')}.${changed.split('.')[1]}.`
    for (const ticket of [late, forged, visitor, changed, bare, '', 'a.b.c']) {
      expect(await readTicket(secret, ticket)).toBeUndefined()
    }
  })
})

describe('visitors', () => {
  it('are known again in their organisation only', async () => {
    const token = await signVisitor(secret, 'acme', 'visitor-1')
    expect(await readVisitor(secret, 'acme', token)).toBe('visitor-1')
    expect(await readVisitor(secret, 'birch', token)).toBeUndefined()
    expect(await readVisitor(secret, 'acme', undefined)).toBeUndefined()
  })
})

describe('browsers that have signed in', () => {
  it('SC4: are told apart, each for its account only', async () => {
    const [here, there] = [await signDevice(secret, 'ada@acme.example'), await signDevice(secret, 'ada@acme.example')]
    const device = await readDevice(secret, 'ada@acme.example', here)
    expect(device).toBeTypeOf('string')
    expect(await readDevice(secret, 'ada@acme.example', there)).not.toBe(device)
    expect(await readDevice(secret, 'ben@acme.example', here)).toBeUndefined()
    expect(here).not.toContain(btoa('ada@acme').replaceAll('=', ''))
  })
})

describe("the shop's word", () => {
  const sign = async (claims: Record<string, unknown>, organisation = 'acme', alg = 'HS256') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg })
      .sign(new TextEncoder().encode(await widgetSecret(secret, organisation)))
  const soon = () => Math.floor(Date.now() / 1000) + 600
  const mia = { sub: 'u1', name: 'Mia' }

  it('is taken with its name and e-mail', async () => {
    const token = await sign({ ...mia, email: 'Mia@Shop.example', exp: soon() })
    expect(await readUser(secret, 'acme', token)).toMatchObject({ ...mia, email: 'mia@shop.example' })
  })

  it('RT4: may say how much somebody matters, and facts of its own', async () => {
    const standing = { grade: 3, attributes: { plan: 'gold', orders: 12 } }
    expect(await readUser(secret, 'acme', await sign({ ...mia, ...standing, exp: soon() }))).toMatchObject(standing)
  })

  it.each([
    ['with a grade that is no number', () => sign({ ...mia, grade: 'vip', exp: soon() })],
    ['with attributes within attributes', () => sign({ ...mia, attributes: { plan: {} }, exp: soon() })],
    ['without an end', () => sign(mia)],
    ['with an end too far away', () => sign({ ...mia, exp: soon() + 100_000 })],
    ['that is over', () => sign({ ...mia, exp: soon() - 1_000 })],
    ['for another organisation', () => sign({ ...mia, exp: soon() }, 'birch')],
    ['by another algorithm', () => sign({ ...mia, exp: soon() }, 'acme', 'HS512')],
    ['without a name', () => sign({ sub: 'u1', exp: soon() })],
  ])('is refused %s', async (_, token) => {
    expect(await readUser(secret, 'acme', await token())).toBeUndefined()
  })
})

describe('an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['local', 'local'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
    ['not:an:address', 'not:an:address'],
  ])('SC4 SC5: %s counts as %s', (address, counted) => {
    expect(networkOf(address)).toBe(counted)
  })
})
