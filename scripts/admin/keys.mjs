// API keys of partners' programs, straight in the record, as the API makes them too.
import { randomBytes } from 'node:crypto'
import { keyActions } from '../../core/protocol/permissions.ts'
import { ulid } from '../../core/ulid.ts'
import { makeKey } from '../../worker/auth/api-keys.ts'
import { namedWords, PlainError, readArgs, runPart } from '../lib/args.mjs'
import { query } from '../lib/d1.mjs'
import { labelOf, organisationOf } from '../lib/people.mjs'
import { sql } from '../lib/sql.mjs'
import { table } from '../lib/table.mjs'
import { targetOf, targetOptions } from '../lib/wrangler.mjs'

export const usage = 'list|create|revoke'
export const summary = "Lists the API keys of partners' programs, makes them, revokes them."
export const details = `  list [--org ID]
  create <name> --org ID --scopes A,B [--days N]   a key that may do A and B, for ever or for N days; shown once
  revoke <id> --org ID                             at once and for good
Scopes: ${keyActions.join(', ')}.
With --remote in the account, else in the local state (--state DIR). --dry-run tells the calls and makes none.`

export const run = (args) => runPart('keys', { list, create, revoke }, args)

const text = { type: 'string' }
const dayMs = 86_400_000

async function list(args) {
  const { values } = readArgs(args, { ...targetOptions, org: text })
  const only = values.org === undefined ? '' : sql` WHERE org_id = ${organisationOf(values.org)}`
  const rows = await query(targetOf(values), [
    `SELECT org_id AS organisation, id, name, start, scopes, expires_at, used_at, revoked_at FROM api_keys${only} ORDER BY org_id, id`,
  ])
  if (rows === undefined) return
  const keys = rows[0].map(({ scopes, expires_at, used_at, revoked_at, ...row }) => ({
    ...row,
    scopes: JSON.parse(scopes).join(','),
    used: timeOf(used_at) ?? 'never',
    ends: revoked_at === null ? (timeOf(expires_at) ?? '') : `revoked ${timeOf(revoked_at)}`,
  }))
  console.log(keys.length > 0 ? table(keys) : 'There are no keys.')
}

async function create(args) {
  const options = { ...targetOptions, org: text, scopes: text, days: text }
  const { values, positionals } = readArgs(args, options, { positionals: true })
  const name = labelOf(namedWords(positionals, ['name']).name, 'name')
  const org = orgIn(values)
  const scopes = scopesOf(values.scopes)
  const now = Date.now()
  const end = values.days === undefined ? null : now + daysOf(values.days) * dayMs
  const { id, key, start, hash } = await makeKey(org, now)
  const after = JSON.stringify({ name, scopes, expiresAt: end })
  const rows = await query(
    targetOf(values),
    [
      sql`INSERT INTO api_keys (org_id, id, name, hash, start, scopes, created_by, created_at, expires_at) SELECT id, ${id}, ${name}, ${hash}, ${start}, ${JSON.stringify(scopes)}, '', ${now}, ${end} FROM organisations WHERE id = ${org} RETURNING id`,
      act('key.create', org, id, after),
    ],
    { secrets: [hash] },
  )
  if (rows === undefined) return
  if (rows[0].length === 0) throw new PlainError(`There is no organisation ${org}: npm run admin -- organisation add`)
  console.log(`Made the key ${id} of ${org}.\nIts secret, shown this once: ${key}`)
}

async function revoke(args) {
  const { values, positionals } = readArgs(args, { ...targetOptions, org: text }, { positionals: true })
  const { id } = namedWords(positionals, ['id'])
  const org = orgIn(values)
  const rows = await query(targetOf(values), [
    sql`UPDATE api_keys SET revoked_at = ${Date.now()} WHERE org_id = ${org} AND id = ${id} AND revoked_at IS NULL RETURNING id`,
    act('key.revoke', org, id, null),
  ])
  if (rows === undefined) return
  if (rows[0].length === 0) throw new PlainError(`There is no key ${id} of ${org} that is still good.`)
  console.log(`${id} is revoked.`)
}

/** What the audit keeps of the statement before, if that changed anything: whose hand it was, nobody knows here. */
const act = (action, org, id, after) =>
  sql`INSERT INTO audit (org_id, id, at, by_id, by_name, by_role, by_team, action, object_kind, object_id, after) SELECT org_id, ${ulid(Date.now(), randomBytes(10))}, ${Date.now()}, '', 'command line', 'installation', '', ${action}, 'key', id, ${after} FROM api_keys WHERE org_id = ${org} AND id = ${id} AND changes() > 0`

function orgIn({ org }) {
  if (org === undefined) throw new PlainError('--org is missing: npm run admin -- keys --help')
  return organisationOf(org)
}

function scopesOf(list = '') {
  const scopes = [...new Set(list.split(',').filter(Boolean))]
  const strange = scopes.find((scope) => !keyActions.includes(scope))
  if (strange !== undefined) throw new PlainError(`There is no scope "${strange}". Known: ${keyActions.join(', ')}.`)
  if (scopes.length === 0) throw new PlainError(`--scopes is missing. Known: ${keyActions.join(', ')}.`)
  return scopes
}

function daysOf(word) {
  const days = Number(word)
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return days
  throw new PlainError(`--days must be a whole number from 1 to 3650, not "${word}".`)
}

const timeOf = (at) => (at === null ? undefined : new Date(at).toISOString())
