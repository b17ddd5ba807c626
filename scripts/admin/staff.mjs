// The people who sign in, straight in the record: for the first administrator, and for whoever lost a password.
import { randomBytes } from 'node:crypto'
import { ulid } from '../../core/ulid.ts'
import { hashPassword } from '../../worker/auth/passwords.ts'
import { namedWords, PlainError, readArgs, runPart } from '../lib/args.mjs'
import { query } from '../lib/d1.mjs'
import { emailOf, labelOf, newPassword, organisationOf, roleOf, roles, staffIdOf } from '../lib/people.mjs'
import { sql } from '../lib/sql.mjs'
import { table } from '../lib/table.mjs'
import { tellServer } from '../lib/told.mjs'
import { targetOf, targetOptions } from '../lib/wrangler.mjs'

export const usage = 'list|add|role|password|factor|signout|deactivate|activate'
export const summary = 'Lists the staff, adds people, changes what they may and how they sign in.'
export const details = `  list [--org ID]
  add <e-mail> --org ID --name NAME --role ROLE [--id ID]   the id is by default what stands before the @
  role <e-mail> <role>     ${roles.join(', ')}
  password <e-mail>        a new password; ends all sessions
  factor <e-mail>          takes away a second factor whose phone and codes are lost; ends all sessions
  signout <e-mail>         ends all sessions
  deactivate <e-mail>      no signing in any more; ends all sessions
  activate <e-mail>
What ends sessions, and a new role, closes what is open in their browsers within two seconds: the local server is found by
itself, one elsewhere by --url https://parley.example.
A password is made here and shown once, or comes by standard input with --password-stdin; it is never an argument.
With --remote in the account, else in the local state (--state DIR). --dry-run tells the calls and makes none.`

const parts = { list, add, role, password, factor, signout, deactivate, activate }
export const run = (args) => runPart('staff', parts, args)

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
  const { rest, ...who } = whom(args, memberOptions, ['role'])
  const may = roleOf(rest.role)
  const done = await change(who, 'staff.change', { after: { role: may }, set: sql`role = ${may}` })
  if (done) console.log(`${who.email} is ${may} now.`)
}

async function password(args) {
  const who = whom(args, { ...memberOptions, ...passwordOption })
  const secret = await secretFor(who.target, who.values)
  const options = { set: sql`password_hash = ${secret.hash}`, secrets: [secret.hash], signsOut: true }
  if (!(await change(who, 'staff.password', options))) return
  console.log(`${who.email} has a new password, and is signed out everywhere.`)
  tellPassword(who.email, secret)
}

async function factor(args) {
  const who = whom(args, memberOptions)
  const { email } = who
  const more = [
    sql`DELETE FROM second_factors WHERE (org_id, staff_id) IN (SELECT org_id, id FROM staff WHERE email = ${email})`,
    sql`DELETE FROM recovery_codes WHERE (org_id, staff_id) IN (SELECT org_id, id FROM staff WHERE email = ${email})`,
    sql`DELETE FROM secrets WHERE (org_id, name) IN (SELECT org_id, 'totp:' || id FROM staff WHERE email = ${email})`,
  ]
  if (await change(who, 'staff.change', { after: { factor: false }, more, signsOut: true }))
    console.log(`${email} has no second factor, and is signed out everywhere.`)
}

async function signout(args) {
  const who = whom(args, memberOptions)
  if (await change(who, 'staff.change', { after: { signedIn: false }, signsOut: true }))
    console.log(`${who.email} is signed out everywhere.`)
}

async function deactivate(args) {
  const who = whom(args, memberOptions)
  if (await change(who, 'staff.change', { after: { active: false }, set: 'active = 0', signsOut: true }))
    console.log(`${who.email} can no longer sign in.`)
}

async function activate(args) {
  const who = whom(args, memberOptions)
  if (await change(who, 'staff.change', { after: { active: true }, set: 'active = 1' }))
    console.log(`${who.email} can sign in.`)
}

/**
 * Changes one member, with its act, and tells the server, since what they may do is another from now on; undefined in a dry
 * run. `set` are columns; `more` other statements; `signsOut` ends all sessions.
 */
async function change({ values, target, email }, action, { after, set, more = [], secrets = [], signsOut = false }) {
  const id = ulid(Date.now(), randomBytes(10))
  const columns = set === undefined ? 'rights = rights + 1' : `${set}, rights = rights + 1`
  const statements = [
    `UPDATE staff SET ${columns}${sql` WHERE email = ${email} RETURNING org_id`}`,
    act(action, email, { id, after }),
    ...more,
    ...(signsOut ? [endSessions(email)] : []),
  ]
  const rows = await query(target, statements, { secrets })
  if (rows === undefined) return undefined
  const [member] = rows[0]
  if (member === undefined) throw new PlainError(`There is nobody with the e-mail address ${email}.`)
  await tellServer(values, target, { organisation: member.org_id, act: id })
  return member
}

/** `--url`: where the server is that shall hear of it. */
const memberOptions = { ...targetOptions, url: { type: 'string' } }
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
const act = (action, email, { id = ulid(Date.now(), randomBytes(10)), after = null } = {}) =>
  sql`INSERT INTO audit (org_id, id, at, by_id, by_name, by_role, by_team, action, object_kind, object_id, after) SELECT org_id, ${id}, ${Date.now()}, '', 'command line', 'installation', '', ${action}, 'staff', id, ${after === null ? null : JSON.stringify(after)} FROM staff WHERE email = ${email} AND changes() > 0`

const endSessions = (email) =>
  sql`DELETE FROM sessions WHERE EXISTS (SELECT 1 FROM staff WHERE staff.org_id = sessions.org_id AND staff.id = sessions.staff_id AND staff.email = ${email})`
