// What wrangler.toml, or the file that takes its place, says of an installation.
import { existsSync, readdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { PlainError } from './args.mjs'
import { inRoot } from './paths.mjs'

/** The ids that stand in the project's own wrangler.toml: the local runtime takes any. */
const placeholder = /^0{8}-/

/** The D1s, each with its binding, its name, its id if it has one of its own, and its migrations. */
export async function databasesOf(target) {
  const file = target.config ?? inRoot('wrangler.toml')
  if (!existsSync(file)) throw new PlainError(`There is no file ${file}.`)
  // Loading wrangler takes a second, which most commands need not wait for.
  const { unstable_readConfig } = await import('wrangler')
  return unstable_readConfig({ config: file }).d1_databases.map((database) => {
    const { binding, database_name: name, database_id: id, migrations_dir: folder = 'migrations' } = database
    const dir = resolve(dirname(file), folder)
    const migrations = existsSync(dir) ? readdirSync(dir).filter((file) => file.endsWith('.sql')) : []
    return {
      binding,
      name,
      id: id === undefined || placeholder.test(id) ? undefined : id,
      migrations: migrations.sort(),
    }
  })
}

/** Refuses what would go to databases that nobody made. */
export function mustBeMade(target, databases) {
  const first = databases.find(({ id }) => id === undefined)
  if (target.remote && first !== undefined)
    throw new PlainError(
      `The database ${first.name} has no id of an account yet: npx wrangler d1 create ${first.name}, and put the id into wrangler.toml.`,
    )
}

/** Refuses what would let an installation ask ports of its own machine: only tests do. */
export async function mustNotReachInside(target) {
  const { unstable_readConfig } = await import('wrangler')
  const { vars } = unstable_readConfig({ config: target.config ?? inRoot('wrangler.toml') })
  if (vars.PARLEY_LOOPBACK !== undefined)
    throw new PlainError('PARLEY_LOOPBACK is for tests: take it out of the configuration before you deploy.')
}
