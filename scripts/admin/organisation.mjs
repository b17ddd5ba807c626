// Organisations: one installation serves many, and none sees another.
import { namedWords, PlainError, readArgs, runPart } from '../lib/args.mjs'
import { query } from '../lib/d1.mjs'
import { labelOf, organisationOf } from '../lib/people.mjs'
import { sql } from '../lib/sql.mjs'
import { table } from '../lib/table.mjs'
import { targetOf, targetOptions } from '../lib/wrangler.mjs'

export const usage = 'list|add'
export const summary = 'Lists the organisations, or makes one.'
export const details = `  list
  add <id> <name>   the id is part of addresses and stays for ever: lower-case letters, digits, -
With --remote in the account, else in the local state (--state DIR). --dry-run tells the calls and makes none.`

export const run = (args) => runPart('organisation', { list, add }, args)

async function list(args) {
  const { values } = readArgs(args, targetOptions)
  const rows = await query(targetOf(values), [
    'SELECT id, name, (SELECT count(*) FROM staff WHERE org_id = organisations.id) AS staff FROM organisations ORDER BY id',
  ])
  if (rows !== undefined) console.log(rows[0].length > 0 ? table(rows[0]) : 'There are no organisations yet.')
}

async function add(args) {
  const { values, positionals } = readArgs(args, targetOptions, { positionals: true })
  const words = namedWords(positionals, ['id', 'name'])
  const id = organisationOf(words.id)
  const name = labelOf(words.name, 'name')
  const rows = await query(targetOf(values), [
    sql`INSERT INTO organisations (id, name, created_at) VALUES (${id}, ${name}, ${Date.now()}) ON CONFLICT DO NOTHING RETURNING id`,
  ])
  if (rows === undefined) return
  if (rows[0].length === 0) throw new PlainError(`There is an organisation ${id} already.`)
  console.log(`Made the organisation ${id}.`)
}
