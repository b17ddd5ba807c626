/** What the guides tell administrators to type and to write is there, and is all there is to do. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { unstable_readConfig } from 'wrangler'
import { readConfigFile } from '../../scripts/lib/config-file.mjs'
import { inRoot } from '../../scripts/lib/paths.mjs'

/** What is read of wrangler's configuration here. */
interface Resources {
  readonly d1_databases: readonly { database_name: string }[]
  readonly r2_buckets: readonly { bucket_name: string }[]
  readonly queues: {
    readonly producers?: readonly { queue: string }[]
    readonly consumers?: readonly { queue: string; dead_letter_queue?: string }[]
  }
}

const guides = ['docs/deploy.md', 'docs/guides/administrators.md']
const textOf = (guide: string) => readFileSync(inRoot(guide), 'utf8')

it.each(guides)('%s names only commands that there are', async (guide) => {
  const calls = [...textOf(guide).matchAll(/npm run admin -- ([a-z]+)(?: ([a-z]+))?/g)]
  expect(calls.length).toBeGreaterThan(5)
  for (const [call, name = '', part] of calls) {
    if (name === 'help') continue
    expect(existsSync(inRoot(`scripts/admin/${name}.mjs`)), call).toBe(true)
    const { usage }: { usage: string } = await import(inRoot(`scripts/admin/${name}.mjs`))
    const parts = /^[a-z]+(\|[a-z]+)+/.exec(usage)?.[0].split('|')
    if (parts !== undefined) expect(parts, call).toContain(part)
  }
})

it.each(guides)('%s shows configurations that can be published', (guide) => {
  const dir = mkdtempSync(join(tmpdir(), 'parley-guide-'))
  const blocks = [...textOf(guide).matchAll(/```yaml\n([\s\S]*?)```/g)]
  expect(blocks).not.toEqual([])
  for (const [, block = ''] of blocks) {
    writeFileSync(join(dir, 'acme.yaml'), block)
    expect(readConfigFile(join(dir, 'acme.yaml')).config.organisation).toBe('Acme Outdoor')
  }
  rmSync(dir, { recursive: true })
})

it('docs/deploy.md makes everything that wrangler.toml asks of an account', () => {
  const { d1_databases, queues, r2_buckets }: Resources = unstable_readConfig({ config: inRoot('wrangler.toml') })
  const named = [...(queues.producers ?? []), ...(queues.consumers ?? [])].map(({ queue }) => queue)
  const dead = (queues.consumers ?? []).flatMap(({ dead_letter_queue }) => dead_letter_queue ?? [])
  const wanted = [
    ...d1_databases.map(({ database_name }) => `npx wrangler d1 create ${database_name}\n`),
    ...[...named, ...dead].map((queue) => `npx wrangler queues create ${queue}\n`),
    ...r2_buckets.map(({ bucket_name }) => `npx wrangler r2 bucket create ${bucket_name}\n`),
  ]
  for (const line of wanted) expect(textOf('docs/deploy.md')).toContain(line)
})
