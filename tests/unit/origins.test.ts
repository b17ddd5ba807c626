/** Which pages an organisation's list lets in. */
import { expect, it } from 'vitest'
import { ancestorsOf, isListed } from '../../core/widget/origins.ts'

it.each([
  ['https://shop.example', 'https://shop.example', true],
  ['https://shop.example', 'http://shop.example', false],
  ['https://shop.example', 'https://shop.example:8443', false],
  ['https://shop.example', 'https://www.shop.example', false],
  ['https://shop.example', 'https://shop.example.evil.example', false],
  ['https://shop.example', 'https://evil-shop.example', false],
  ['https://shop.example:443', 'https://shop.example', true],
  ['http://localhost:3000', 'http://localhost:3000', true],
  ['http://localhost:3000', 'http://localhost:30001', false],
  ['https://*.shop.example', 'https://www.shop.example', true],
  ['https://*.shop.example', 'https://a.b.shop.example', true],
  ['https://*.shop.example', 'https://shop.example', false],
  ['https://*.shop.example', 'https://.shop.example', false],
  ['https://*.shop.example', 'https://evilshop.example', false],
  ['https://*.shop.example', 'http://www.shop.example', false],
  ['https://*.shop.example:8443', 'https://www.shop.example:8443', true],
  ['https://*.shop.example:8443', 'https://www.shop.example', false],
  ['https://shop.example', 'null', false],
])('SC14: a list of %s and a page of %s: %s', (listed, origin, welcome) => {
  expect(isListed([listed], origin)).toBe(welcome)
  expect(isListed(['https://other.example', listed], origin)).toBe(welcome)
})

it('SC14: without a list everybody is welcome, and browsers are told nothing', () => {
  expect(isListed([], 'https://anybody.example')).toBe(true)
  expect(ancestorsOf([])).toBeUndefined()
  expect(ancestorsOf(['https://a.example', 'https://*.b.example'])).toBe(
    "frame-ancestors 'self' https://a.example https://*.b.example",
  )
})
