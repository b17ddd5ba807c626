/** AP2: what a test asks the product is held against its reference; what is asked without that is named here, with the reason. */
import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = 'pages and the way to an identity provider, of which the reference does not speak'
const helper = 'asks for the helpers that hold the answer'

/** Lines that ask without a helper, by file: the text that tells the line, and why it may. */
const plain: Record<string, Record<string, string>> = {
  'tests/support/held-fetch.ts': { 'const ask = globalThis.fetch': helper },
  'tests/contract/held-commands.ts': {
    'const plain = globalThis.fetch': 'what a command asks of others than the product',
    'globalThis.fetch = (input': helper,
  },
  'tests/actors/contract.ts': {
    '/api/openapi.json': 'the reference itself',
    'await exports.default.fetch(request)': helper,
  },
  'tests/browser/kit/held-answers.ts': { 'await page.request.fetch(url, options)': helper },
  'tests/browser/kit/stage.ts': { 'holdContexts(await chromium.launch(': helper },
  'tests/actors/attacks/tenants.test.ts': { 'for (const path of paths) await': page },
  'tests/actors/attacks/requests.test.ts': {
    'await exports.default.fetch(request)': 'malformed addresses, which the platform itself may lead elsewhere',
    '${origin}${path}?${query}': page,
  },
}

const asks =
  /(?<![.\w])fetch\(|\b(?:globalThis|self|window)\.fetch\b|\bexports\.default\.fetch\(|\bchromium\.(?:launch|connect)|\.request\.(?:fetch|get|post|put|patch|delete|head)\(/
/** Speaks of asking, and asks nothing: a method that is declared, a comment, a test of such a search. */
const speaks = /^\s*(?:\/?\*|\/\/)|\bfetch\(\w+: |\bexpect\(\w+\.test\(|\bthe `fetch\(/

const asksPlainly = (line: string) => asks.test(line) && !speaks.test(line)
const found = globSync('tests/**/*.{ts,tsx,mjs}')
  .filter((file) => file !== 'tests/unit/plain-fetch.test.ts')
  .flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(asksPlainly)
      .map((line) => ({ file, line: line.trim() })),
  )

it('AP2: nothing in a test asks the product without holding the answer, but for what is named', () => {
  const unnamed = found.filter(({ file, line }) => !Object.keys(plain[file] ?? {}).some((text) => line.includes(text)))
  expect(unnamed).toEqual([])
})

it('AP2: what is named is still there', () => {
  const named = Object.entries(plain).flatMap(([file, texts]) => Object.keys(texts).map((text) => ({ file, text })))
  const gone = named.filter(({ file, text }) => !found.some((one) => one.file === file && one.line.includes(text)))
  expect(gone).toEqual([])
})

it.each([
  'const answer = await fetch(address)',
  'const ask = globalThis.fetch',
  'await exports.default.fetch(new Request(address))',
  'await page.request.post(address, { data })',
  'await chromium.launchPersistentContext(dir)',
  'const later = () => fetch(address)',
])('AP2: sees %s', (line) => {
  expect(asksPlainly(line)).toBe(true)
})

it.each([
  'await heldFetch(address)',
  'await stub.fetch(request)',
  '// by fetch(address)',
  'fetch(url: string): Answer',
])('AP2: lets %s pass', (line) => {
  expect(asksPlainly(line)).toBe(false)
})
