import { existsSync, mkdirSync } from 'node:fs'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'

// The runtime wants the folder of the static assets to be there, built or not.
mkdirSync('dist/client', { recursive: true })

const migrations = existsSync('migrations') ? await readD1Migrations('migrations') : []
const searchMigrations = await readD1Migrations('migrations-search')

/** A project of plain Node tests in `tests/<name>`. */
const inNode = (name: string, options: object = {}) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    environment: 'node',
    testTimeout: 10_000,
    retry: 0,
    ...options,
  },
})

/** Projects that start servers or browsers take one file at a time. */
const oneByOne = (seconds: number) => ({
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: seconds * 1000,
  hookTimeout: seconds * 1000,
})

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      inNode('unit'),
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: migrations,
                TEST_SEARCH_MIGRATIONS: searchMigrations,
                PARLEY_SECRET: 'a secret for tests only, 32 bytes+',
                PARLEY_VAULT_1: Buffer.alloc(32, 1).toString('base64url'),
              },
            },
          }),
        ],
        test: {
          name: 'actors',
          include: ['tests/actors/**/*.test.ts'],
          setupFiles: ['tests/actors/setup.ts'],
          testTimeout: 15_000,
          hookTimeout: 15_000,
          retry: 0,
        },
      },
      inNode('simulation', { testTimeout: 120_000 }),
      inNode('contract', { testTimeout: 30_000, hookTimeout: 60_000 }),
      inNode('browser', { ...oneByOne(90), maxConcurrency: 3, globalSetup: 'tests/browser/kit/setup.ts' }),
      inNode('kill', oneByOne(240)),
    ],
  },
})
