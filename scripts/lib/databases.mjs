// The local D1s without a server: for commands that read and write them by the worker's own code.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getPlatformProxy, unstable_readConfig } from 'wrangler'
import { inRoot } from './paths.mjs'

/**
 * Opens the D1s of a state directory for the time of `use`. No server may run on it meanwhile.
 * @template T
 * @param {string} stateDir
 * @param {(env: { DB: D1Database, SEARCH: D1Database }) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withDatabases(stateDir, use) {
  // Of the configuration only the databases: the actors cannot be had without their worker.
  const { compatibility_date, d1_databases } = unstable_readConfig({ config: inRoot('wrangler.toml') })
  const configPath = join(stateDir, 'databases.wrangler.json')
  writeFileSync(configPath, JSON.stringify({ name: 'parley', compatibility_date, d1_databases }))
  const proxy = await getPlatformProxy({ configPath, persist: { path: join(stateDir, 'v3') }, remoteBindings: false })
  try {
    return await use(proxy.env)
  } finally {
    await proxy.dispose()
    rmSync(configPath)
  }
}
