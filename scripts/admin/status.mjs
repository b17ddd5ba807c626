// One look at an installation: what runs, whether it answers, what the record holds.
import { readFileSync } from 'node:fs'
import { PROTOCOL_VERSION } from '../../core/protocol/link.ts'
import { originOf } from '../lib/api.mjs'
import { readArgs } from '../lib/args.mjs'
import { query } from '../lib/d1.mjs'
import { inRoot } from '../lib/paths.mjs'
import { databasesOf, mustBeMade } from '../lib/project.mjs'
import { ownerOf } from '../lib/server.mjs'
import { targetOf, targetOptions, tell, wrangler } from '../lib/wrangler.mjs'

export const usage = '[--remote] [--state DIR] [--url URL]'
export const summary = 'Shows versions, health, migrations and how much there is.'
export const details = `With --remote of the account, where --url has to say whose health to ask; else of the local state (--state DIR).
Ends with 1 when the server that was asked is not well. --config FILE names another file than wrangler.toml.
--dry-run tells the calls and makes none.`

/** What to count, by the database. */
const counts = {
  DB: {
    organisations: 'SELECT count(*) FROM organisations',
    'active staff': 'SELECT count(*) FROM staff WHERE active = 1',
    customers: 'SELECT count(*) FROM customers',
    'open conversations': "SELECT count(*) FROM conversations WHERE status <> 'closed'",
    conversations: 'SELECT count(*) FROM conversations',
    entries: 'SELECT count(*) FROM entries',
  },
  SEARCH: {
    'indexed entries': 'SELECT count(*) FROM documents',
    'still to index': "SELECT iif(place IS NULL, 'nothing', 'from ' || place) FROM progress WHERE name = 'entries'",
  },
}

export async function run(args) {
  const { values } = readArgs(args, { ...targetOptions, url: { type: 'string' } })
  const target = targetOf(values)
  const databases = await databasesOf(target)
  if (!target.dryRun) mustBeMade(target, databases)
  const versionOf = (file) => JSON.parse(readFileSync(inRoot(file), 'utf8')).version
  line('parley', `${versionOf('package.json')}, wire protocol ${PROTOCOL_VERSION}`)
  line('wrangler', `${versionOf('node_modules/wrangler/package.json')}, Node ${process.versions.node}`)
  if (target.remote) await deployed(target)
  const well = await health(target, values)
  const found = await Promise.all(databases.map((database) => migrations(target, database)))
  for (const [name, text] of found.flat()) line(name, text)
  return well ? 0 : 1
}

async function deployed(target) {
  const fails = (output) => /no deployments|code: 10007/i.test(output)
  const answer = await wrangler(target, ['deployments', 'status', '--json'], { fails })
  if (answer === undefined) return
  if (answer.code !== 0) return line('deployed', 'nothing yet')
  const { created_on: at, versions } = JSON.parse(answer.stdout)
  line('deployed', `${versions.map((v) => `${v.version_id} (${v.percentage} %)`).join(', ')} since ${at}`)
}

/** Whether all is well, as far as it was asked. */
async function health(target, values) {
  if (values.url === undefined && target.remote) {
    line('health', 'not asked: --url says where')
    return true
  }
  if (values.url === undefined && !target.dryRun && ownerOf(target.stateDir) === undefined) {
    line('health', 'no server is running')
    return true
  }
  const address = `${originOf(values)}/api/health`
  tell(`GET ${address}`)
  if (target.dryRun) return true
  const status = await fetch(address, { signal: AbortSignal.timeout(10_000) }).then(
    (response) => response.status,
    (error) => error.cause?.code ?? error.message,
  )
  line('health', status === 200 ? 'well' : `not well: ${status}`)
  return status === 200
}

/** How far a database is, and what the record holds. */
async function migrations(target, { binding, migrations }) {
  const picks = Object.entries(counts[binding] ?? {}).map(([name, count]) => `(${count}) AS "${name}"`)
  const statements = ['SELECT name FROM d1_migrations', ...(picks.length > 0 ? [`SELECT ${picks.join(', ')}`] : [])]
  const rows = await query(target, statements, { database: binding, mayMiss: true })
  if (rows === undefined) return []
  if (rows === null) return [[binding, 'not migrated: npm run admin -- migrate']]
  const [applied, [figures = {}] = []] = rows
  const done = new Set(applied.map(({ name }) => name))
  const left = migrations.filter((name) => !done.has(name)).length
  const missing = `${left} of ${migrations.length} migrations are missing: npm run admin -- migrate`
  return [[binding, left === 0 ? 'up to date' : missing], ...Object.entries(figures)]
}

const line = (name, text) => console.log(`${`${name}:`.padEnd(20)} ${text}`)
