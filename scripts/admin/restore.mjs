// Puts a backup back into an installation that does not know its organisation.
import { createReadStream, existsSync, openAsBlob, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { apiOptions, signedIn } from '../lib/api.mjs'
import { namedWords, PlainError, readArgs } from '../lib/args.mjs'
import { putBack, putObject } from '../lib/backup.mjs'
import { query } from '../lib/d1.mjs'
import { ownedTables, packed, statementsFor } from '../lib/tables.mjs'
import { givenPath, targetOf, targetOptions } from '../lib/wrangler.mjs'

export const usage = '<folder> --email E'
export const summary = 'Puts a backup back into an installation that is empty.'
export const details = `First the tables, by wrangler; then it signs in as --email, an administrator of the backup, with the password that was
good when it was made (from PARLEY_PASSWORD, or asked for), and puts actors and files back. The record and the search index
follow by themselves. Run again it goes on where it was cut off; what is there already stays as it is.
--url URL says where the server is, by default the local one; --remote an account. --dry-run tells the calls and makes none.`

export async function run(args) {
  const { values, positionals } = readArgs(args, { ...apiOptions, config: targetOptions.config }, { positionals: true })
  const { folder } = namedWords(positionals, ['folder'])
  const from = givenPath(folder)
  const target = targetOf(values)
  if (!existsSync(join(from, 'manifest.json')))
    throw new PlainError(`${folder} holds no backup, or one that was cut off.`)
  const manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8'))
  if (manifest.v !== 1) throw new PlainError(`${folder} was made by a newer version.`)
  await putTables(target, from)
  await signedIn(values, async (ask) => {
    let objects = 0
    for await (const object of linesOf(join(from, 'objects.ndjson'))) {
      await putObject(ask, object, await openAsBlob(join(from, 'objects', object.file)))
      objects += 1
    }
    let actors = 0
    let there = 0
    for await (const page of linesOf(join(from, 'actors.ndjson'))) {
      if (await putBack(ask, page)) actors += 1
      else there += 1
    }
    if (target.dryRun) return
    const already = there === 0 ? '' : ` ${there} were there already.`
    console.log(`Put back ${actors} pages of actors and ${objects} objects of ${manifest.organisation}.${already}`)
  })
}

async function putTables(target, from) {
  const statements = []
  for (const table of ownedTables) {
    const file = join(from, `${table.name}.ndjson`)
    if (!existsSync(file)) continue
    const rows = []
    for await (const row of linesOf(file)) rows.push(row)
    statements.push(...statementsFor(table, rows))
  }
  for (const pack of packed(statements)) await query(target, pack)
}

async function* linesOf(file) {
  for await (const line of createInterface({ input: createReadStream(file) })) if (line !== '') yield JSON.parse(line)
}
