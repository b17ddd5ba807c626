// The people who sign in, straight in the record: for the first administrator, and for whoever lost a password.
import { randomBytes } from 'node:crypto'
import { ulid } from '../../core/ulid.ts'
import { hashPassword } from '../../worker/auth/passwords.ts'
import { namedWords, PlainError, readArgs, runPart } from '../lib/args.mjs'
import { query } from '../lib/d1.mjs'
import { emailOf, labelOf, newPassword, organisationOf, roleOf, roles, staffIdOf } from '../lib/people.mjs'
import { sql } from '../lib/sql.mjs'
import { table } from '../lib/table.mjs'
import { targetOf, targetOptions } from '../lib/wrangler.mjs'

export const usage = 'list|add|role|password|factor|deactivate|activate'
export const summary = 'Lists the staff, adds people, changes what they may and how they sign in.'
export const details = `  list [--org ID]
  add <e-mail> --org ID --name NAME --role ROLE [--id ID]   the id is by default what stands before the @
  role <e-mail> <role>     ${roles.join(', ')}
  password <e-mail>        a new password; ends all sessions
  factor <e-mail>          takes away a second factor whose phone and codes are lost; ends all sessions
  deactivate <e-mail>      no signing in any more; ends all sessions
  activate <e-mail>
A password is made here and shown once, or comes by standard input with --password-stdin; it is never an argument.
With --remote in the account, else in the local state (--state DIR). --dry-run tells the calls and makes none.`

export const run = (args) => runPart('staff', { list, add, role, password, factor, deactivate, activate }, args)

async function list(args) {
  const { values } = readArgs(args, { ...targetOptions, org: { type: 'string' } })
  const only = values.org === undefined ? '' : sql` WHERE org_id = ${organisationOf(values.org)}`
  const rows = await query(targetOf(values), [
    `SELECT org_id AS organisation, id, name, email, role, active FROM staff${only} ORDER BY org_id, id`,
  ])
  if (rows === undefined) return
  const people = rows[0].map((row) => ({ ...row, active: row.active ? 'yes' : 'no' }))
  console.log(people.length > 0 ? table(people) : 'There is nobody.')
}

async function add(args) {
  const text = { type: 'string' }
  const options = { ...targetOptions, org: text, name: text, role: text, id: text, ...passwordOption }
  const { values, positionals } = readArgs(args, options, { positionals: true })
  const email = emailOf(namedWords(positionals, ['e-mail'])['e-mail'])
  for (const flag of ['org', 'name', 'role'])
    if (values[flag] === undefined) throw new PlainError(`--${flag} is missing: npm run admin -- staff --help`)
  const org = organisationOf(values.org)
  const name = labelOf(values.name, 'name')
  const may = roleOf(values.role)
  const id = staffIdOf(values.id ?? email.split('@')[0])
  const target = targetOf(values)
  const secret = await secretFor(target, values)
  // The first statement says why the second may do nothing.
  const statements = [
    sql`SELECT (SELECT count(*) FROM organisations WHERE id = ${org}) AS organisations, (SELECT count(*) FROM staff WHERE email = ${email}) AS emails`,
    sql`INSERT INTO staff (org_id, id, email, name, role, password_hash, active, created_at) SELECT id, ${id}, ${email}, ${name}, ${may}, ${secret.hash}, 1, ${Date.now()} FROM organisations WHERE id = ${org} ON CONFLICT DO NOTHING RETURNING id`,
  ]
  const made = { email, name, role: may, active: true }
  const rows = await query(target, [...statements, act('staff.create', email, { after: made })], {
    secrets: [secret.hash],
  })
  if (rows === undefined) return
  const [[{ organisations, emails }], [added]] = rows
  if (organisations === 0) throw new PlainError(`There is no organisation ${org}: npm run admin -- organisation add`)
  if (emails > 0) throw new PlainError(`There is somebody with the e-mail address ${email} already.`)
  if (added === undefined) throw new PlainError(`There is somebody with the id ${id} in ${org} already: say --id.`)
  console.log(`Added ${name}, ${may} of ${org}, with the id ${id}.`)
  tellPassword(email, secret)
}

async function role(args) {
  const { target, email, rest } = whom(args, targetOptions, ['role'])
  const may = roleOf(rest.role)
  const rows = await query(target, [
    sql`UPDATE staff SET role = ${may}, rights = rights + 1 WHERE email = ${email} RETURNING id`,
    act('staff.change', email, { after: { role: may } }),
  ])
  if (rows !== undefined && found(rows, email)) console.log(`${email} is ${may} now.`)
}

async function password(args) {
  const { target, email, values } = whom(args, { ...targetOptions, ...passwordOption })
  const secret = await secretFor(target, values)
  const rows = await query(
    target,
    [
      sql`UPDATE staff SET password_hash = ${secret.hash} WHERE email = ${email} RETURNING id`,
      act('staff.password', email),
      endSessions(email),
    ],
    { secrets: [secret.hash] },
  )
  if (rows === undefined || !found(rows, email)) return
  console.log(`${email} has a new password, and is signed out everywhere.`)
  tellPassword(email, secret)
}

async function factor(args) {
  const { target, email } = whom(args, targetOptions)
  const rows = await query(target, [
    sql`UPDATE staff SET rights = rights + 1 WHERE email = ${email} RETURNING id`,
    act('staff.change', email, { after: { factor: false } }),
    sql`DELETE FROM second_factors WHERE (org_id, staff_id) IN (SELECT org_id, id FROM staff WHERE email = ${email})`,
    sql`DELETE FROM recovery_codes WHERE (org_id, staff_id) IN (SELECT org_id, id FROM staff WHERE email = ${email})`,
    sql`DELETE FROM secrets WHERE (org_id, name) IN (SELECT org_id, 'totp:' || id FROM staff WHERE email = ${email})`,
    endSessions(email),
  ])
  if (rows !== undefined && found(rows, email))
    console.log(`${email} has no second factor, and is signed out everywhere.`)
}

async function deactivate(args) {
  const { target, email } = whom(args, targetOptions)
  const off = sql`UPDATE staff SET active = 0, rights = rights + 1 WHERE email = ${email} RETURNING id`
  const rows = await query(target, [off, act('staff.change', email, { after: { active: false } }), endSessions(email)])
  if (rows !== undefined && found(rows, email)) console.log(`${email} can no longer sign in.`)
}

async function activate(args) {
  const { target, email } = whom(args, targetOptions)
  const rows = await query(target, [
    sql`UPDATE staff SET active = 1 WHERE email = ${email} RETURNING id`,
    act('staff.change', email, { after: { active: true } }),
  ])
  if (rows !== undefined && found(rows, email)) console.log(`${email} can sign in.`)
}

const passwordOption = { 'password-stdin': { type: 'boolean' } }

/** The one person a part is about. */
function whom(args, options, more = []) {
  const { values, positionals } = readArgs(args, options, { positionals: true })
  const { 'e-mail': email, ...rest } = namedWords(positionals, ['e-mail', ...more])
  return { values, target: targetOf(values), email: emailOf(email), rest }
}

/** A dry run has no secret, and asks for none. */
async function secretFor(target, values) {
  if (target.dryRun) return { hash: 'scrypt of the password', made: false }
  const { password, made } = await newPassword(values['password-stdin'])
  return { password, made, hash: await hashPassword(password) }
}

function tellPassword(email, { password, made }) {
  if (made) console.log(`Password of ${email}, shown this once: ${password}`)
}

/** What the audit keeps of the statement before, if that changed anything: it comes from whoever has the account, whose name nobody knows here. */
const act = (action, email, { after = null } = {}) =>
  sql`INSERT INTO audit (org_id, id, at, by_id, by_name, by_role, by_team, action, object_kind, object_id, after) SELECT org_id, ${ulid(Date.now(), randomBytes(10))}, ${Date.now()}, '', 'command line', 'installation', '', ${action}, 'staff', id, ${after === null ? null : JSON.stringify(after)} FROM staff WHERE email = ${email} AND changes() > 0`

const endSessions = (email) =>
  sql`DELETE FROM sessions WHERE EXISTS (SELECT 1 FROM staff WHERE staff.org_id = sessions.org_id AND staff.id = sessions.staff_id AND staff.email = ${email})`

function found([rows], email) {
  if (rows.length === 0) throw new PlainError(`There is nobody with the e-mail address ${email}.`)
  return true
}
