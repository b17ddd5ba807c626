import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

declare global {
  namespace Cloudflare {
    interface Env {
      DB: D1Database
      TEST_MIGRATIONS: Parameters<typeof applyD1Migrations>[1]
    }
  }
}

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
