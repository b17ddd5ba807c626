// Begins the search index anew; the worker's duties fill it again from the record.
import { PlainError, readArgs } from '../lib/args.mjs'
import { query } from '../lib/d1.mjs'
import { targetOf, targetOptions } from '../lib/wrangler.mjs'

export const usage = 'rebuild [--remote] [--state DIR]'
export const summary = 'Makes the search index anew from the record.'
export const details = `Empties the index, of the local state (--state DIR) or with --remote in the account, whether a server runs or not. The
duties of every minute fill it again, share by share, and go on where they were cut short; what is said meanwhile is
found as always. "status" tells how much is in it. --config FILE names another file than wrangler.toml.
--dry-run tells the calls and makes none.`

/** As the migrations leave it: nothing in it, and everything still to come. */
const anew = [
  "INSERT INTO words (words) VALUES ('delete-all')",
  'DELETE FROM documents',
  "INSERT INTO act_words (act_words) VALUES ('delete-all')",
  'DELETE FROM acts',
  `UPDATE progress SET place = '["","",0]' WHERE name = 'entries'`,
  "UPDATE progress SET place = '0' WHERE name = 'acts'",
]

export async function run(args) {
  const { values, positionals } = readArgs(args, targetOptions, { positionals: true })
  if (positionals.join(' ') !== 'rebuild') throw new PlainError(`Usage: npm run admin -- search ${usage}`)
  const done = await query(targetOf(values), anew, { database: 'SEARCH' })
  if (done !== undefined) console.log('The index is empty; the duties of the next minutes fill it from the record.')
}
