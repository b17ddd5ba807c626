// A backup of an organisation: the tables that D1 owns, every lasting actor, every object, in a folder.
import { appendFileSync, createWriteStream, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { apiOptions, signedIn } from '../lib/api.mjs'
import { namedWords, PlainError, readArgs } from '../lib/args.mjs'
import { contentOf, objectsOf, pagesOfActors } from '../lib/backup.mjs'
import { query } from '../lib/d1.mjs'
import { rowsOf } from '../lib/tables.mjs'
import { givenPath, targetOf, targetOptions } from '../lib/wrangler.mjs'

export const usage = '<folder> --email E'
export const summary = "Writes an organisation's data to a folder: tables, actors, files."
export const details = `Signs in as --email, an administrator, whose organisation it is; the password comes from PARLEY_PASSWORD or is asked
for. --url URL says where the server is, by default the local one. The tables come by wrangler; --remote those of the account.
The folder must be empty, and holds secrets afterwards: hashes of passwords, and everything that was said.
--dry-run tells the calls and makes none.`

export async function run(args) {
  const { values, positionals } = readArgs(args, { ...apiOptions, config: targetOptions.config }, { positionals: true })
  const { folder } = namedWords(positionals, ['folder'])
  const to = givenPath(folder)
  const target = targetOf(values)
  if (existsSync(to) && readdirSync(to).length > 0) throw new PlainError(`${folder} is not empty.`)
  await signedIn(values, async (ask) => {
    const session = await ask('GET', '/api/v1/session')
    const org = session?.organisation.id ?? 'the-organisation'
    if (!target.dryRun) mkdirSync(join(to, 'objects'), { recursive: true, mode: 0o700 })
    const tables = await keepTables(target, to, org)
    const actors = await keepActors(ask, target, to)
    const objects = await keepObjects(ask, target, to)
    if (target.dryRun) return
    const manifest = { v: 1, organisation: org, at: new Date().toISOString(), tables, actors, objects }
    writeFileSync(join(to, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
    console.log(`Wrote ${rows} rows, ${actors} pages of actors and ${objects} objects of ${org} to ${folder}.`)
  })
}

/** How many rows of which table. */
async function keepTables(target, to, org) {
  const counts = {}
  for await (const { table, rows } of rowsOf((statements) => query(target, statements), org)) {
    appendFileSync(join(to, `${table}.ndjson`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600 })
    counts[table] = (counts[table] ?? 0) + rows.length
  }
  return counts
}

const keepActors = (ask, target, to) => lines(target, join(to, 'actors.ndjson'), pagesOfActors(ask))

async function keepObjects(ask, target, to) {
  let n = 0
  async function* kept() {
    for await (const object of objectsOf(ask)) {
      const file = String(++n)
      await ask('GET', contentOf(object), { to: join(to, 'objects', file) })
      yield { ...object, file }
    }
  }
  return lines(target, join(to, 'objects.ndjson'), kept())
}

/** Writes one JSON object a line; how many. In a dry run it only asks. */
async function lines(target, file, items) {
  const out = target.dryRun ? null : createWriteStream(file, { mode: 0o600 })
  let count = 0
  for await (const item of items) {
    count += 1
    if (out !== null && !out.write(`${JSON.stringify(item)}\n`)) await new Promise((go) => out.once('drain', go))
  }
  if (out !== null) await finished(out.end())
  return count
}
