import { applyD1Migrations } from 'cloudflare:test'
import { env } from './env.ts'

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
await applyD1Migrations(env.SEARCH, env.TEST_SEARCH_MIGRATIONS)
