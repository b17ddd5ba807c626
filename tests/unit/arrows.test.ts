import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What a folder may import besides itself. Whatever is not listed here is forbidden. */
const arrows: Record<string, string[]> = {
  core: [],
  'durable-objects': ['core'],
  worker: ['core', 'durable-objects'],
  client: ['core'],
  scripts: ['core', 'worker'],
  bench: ['core', 'durable-objects', 'worker', 'scripts'],
  tests: ['core', 'durable-objects', 'worker', 'client', 'scripts', 'bench'],
}

/** The one package that core may use, and what a single file of it may use besides: neither reads a clock or does I/O. */
const pure = ['zod/mini']
const pureIn: Record<string, string[]> = { 'core/flow/file.ts': ['yaml'] }

const impure = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bMath\.random\b/,
  /\bperformance\.now\b/,
  /\bcrypto\.(randomUUID|getRandomValues)\b/,
  /\bset(Timeout|Interval|Immediate)\b/,
  /\bfetch\(/,
]

const sources = globSync(`{${Object.keys(arrows).join(',')}}/**/*.{ts,tsx,mjs}`)
const read = (file: string) => withoutComments(readFileSync(file, 'utf8'))

/** Code without its comments; strings are kept, since import addresses are strings. */
function withoutComments(code: string): string {
  return code.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g,
    (_, text) => text ?? '',
  )
}

/** The addresses of `import … from`, `export … from`, `import '…'` and `import('…')`. */
function importsOf(code: string): string[] {
  const forms =
    /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm
  return [...code.matchAll(forms)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')
}

/** Why a file may not import this, or undefined when it may. */
function wrongArrow(file: string, address: string): string | undefined {
  const home = file.split('/')[0] ?? ''
  if (!address.startsWith('.')) {
    if (home === 'core' && ![...pure, ...(pureIn[file] ?? [])].includes(address))
      return `${file} imports ${address}: core uses ${pure} only`
    return undefined
  }
  const target = posix.join(posix.dirname(file), address)
  const there = target.split('/')[0] ?? ''
  if (there !== home && there in arrows && !arrows[home]?.includes(there)) return `${file} imports ${target}`
  if (target.startsWith('../')) return `${file} imports ${target}, outside of the project`
  if (!/\.(tsx?|mjs|css|svg|json)$/.test(address)) return `${file} imports ${address} without its extension`
  return undefined
}

const impurities = (file: string, code: string) =>
  impure.filter((pattern) => pattern.test(code)).map((pattern) => `${file} has ${pattern.source}`)

describe('the arrows between the folders', () => {
  it('point down only', () => {
    const wrong = sources.flatMap((file) => importsOf(read(file)).map((address) => wrongArrow(file, address)))
    expect(wrong.filter(Boolean)).toEqual([])
  })

  it('core reads no clock, rolls no dice and sets no timer', () => {
    const wrong = sources.filter((file) => file.startsWith('core/')).flatMap((file) => impurities(file, read(file)))
    expect(wrong).toEqual([])
  })
})

describe('the check itself', () => {
  it('sees every form of import', () => {
    const code = [
      `import { a } from './a.ts'`,
      `import type {\n  B,\n} from "../b.ts"`,
      `export * from './c.ts'`,
      `import './d.css'`,
      `const e = await import('./e.ts')`,
      `// import { no } from './no.ts'`,
      `/* import './no.ts' */`,
    ].join('\n')
    expect(importsOf(withoutComments(code))).toEqual(['./a.ts', '../b.ts', './c.ts', './d.css', './e.ts'])
  })

  it.each([
    ['core/queue/decide.ts', '../../worker/db/schema/staff.ts'],
    ['core/queue/decide.ts', 'hono'],
    ['core/queue/decide.ts', 'zod'],
    ['core/queue/decide.ts', 'node:crypto'],
    ['durable-objects/queue.ts', '../worker/api/routes.ts'],
    ['worker/index.ts', '../client/ui/time.ts'],
    ['client/console/main.tsx', '../../worker/api/routes.ts'],
    ['worker/index.ts', '../tests/emulators/carrier.ts'],
    ['worker/index.ts', './api/routes'],
    ['scripts/lib/build.mjs', '../../../elsewhere.mjs'],
  ])('%s may not import %s', (file, address) => {
    expect(wrongArrow(file, address)).toBeTypeOf('string')
  })

  it.each([
    ['core/queue/decide.ts', '../routing/rank.ts'],
    ['core/protocol/frames.ts', 'zod/mini'],
    ['worker/index.ts', '../durable-objects/queue.ts'],
    ['client/widget/main.tsx', '../../core/protocol/frames.ts'],
    ['tests/unit/queue.test.ts', '../../core/queue/decide.ts'],
  ])('%s may import %s', (file, address) => {
    expect(wrongArrow(file, address)).toBeUndefined()
  })

  it('sees impure code, and lets a given time pass', () => {
    expect(impurities('x', 'const t = Date.now()')).toHaveLength(1)
    expect(impurities('x', 'const t = new Date()')).toHaveLength(1)
    expect(impurities('x', 'const t = new Date(now).getUTCDay()')).toHaveLength(0)
  })
})
