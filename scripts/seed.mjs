// Fills a local installation with two demo companies. Doing it again changes nothing.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashPassword } from '../worker/auth/passwords.ts'
import { companies as demo } from './demo/companies.mjs'
import { PlainError } from './lib/args.mjs'
import { bins, runNode } from './lib/process.mjs'

/**
 * Organisations and staff, straight into the local D1. No server may run on it meanwhile.
 * @typedef {{ id: string, email: string, name: string, role: string, password: string }} Person
 * @typedef {{ id: string, name: string, staff: readonly Person[] }} Company
 * @param {{ stateDir: string, companies?: readonly Company[], log?: (line: string) => void }} options
 */
export async function seedDatabase({ stateDir, companies = demo, log = () => {} }) {
  const mark = join(stateDir, 'demo-companies')
  const who = companies.flatMap(({ staff }) => staff.map(({ email }) => email)).join('\n')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === who) return
  log('Making the demo companies …')
  mkdirSync(stateDir, { recursive: true })
  const file = join(stateDir, 'demo-companies.sql')
  writeFileSync(file, await staffSql(companies), { mode: 0o600 })
  const args = ['d1', 'execute', 'DB', '--local', '--persist-to', stateDir, '--file', file, '--yes']
  const { code, output } = await runNode([bins.wrangler, ...args], { quiet: true })
  rmSync(file)
  if (code !== 0) throw new PlainError(`The demo companies could not be written:\n${output.trim()}`)
  writeFileSync(mark, who)
}

/**
 * Their configurations, published over HTTP as each company's administrator would; one that is there stays as it is.
 * @returns {Promise<{ who: string, address: string, email: string, password: string }[]>} how to sign in
 */
export async function seed({ port, log = () => {} }) {
  const origin = `http://localhost:${port}`
  for (const company of demo) await publish(origin, company, log)
  return demo.flatMap(({ name, staff }) =>
    staff.map(({ name: person, role, email, password }) => ({
      who: `${person}, ${role} at ${name}`,
      address: `${origin}/`,
      email,
      password,
    })),
  )
}

/**
 * The statements that make the organisations and their staff, where they are not there yet.
 * @param {readonly Company[]} companies
 */
export async function staffSql(companies = demo, now = Date.now()) {
  const rows = []
  // A hash takes its time: people with the same password share one.
  const hashes = new Map()
  const hashOf = async (password) => {
    if (!hashes.has(password)) hashes.set(password, await hashPassword(password))
    return hashes.get(password)
  }
  for (const { id: org, name, staff } of companies) {
    rows.push(insert('organisations', { id: org, name, created_at: now }))
    for (const { id, email, name: person, role, password } of staff) {
      const password_hash = await hashOf(password)
      rows.push(insert('staff', { org_id: org, id, email, name: person, role, password_hash, created_at: now }))
    }
  }
  return `${rows.join('\n')}\n`
}

const insert = (table, row) =>
  `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')}) ON CONFLICT DO NOTHING;`

const literal = (value) => (typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`)

async function publish(origin, { id, name, staff, config }, log) {
  const { email, password } = staff.find(({ role }) => role === 'administrator')
  const signIn = await call(origin, 'POST', '/api/v1/session', { body: { email, password } })
  const cookie = signIn.headers.get('set-cookie').split(';')[0]
  const present = await call(origin, 'GET', '/api/v1/config', { cookie, may: [404] })
  if (present.status === 404) {
    await call(origin, 'PUT', '/api/v1/config?base=0', { cookie, body: config, key: `demo-company-${id}` })
    log(`Set up ${name}.`)
  }
  await call(origin, 'DELETE', '/api/v1/session', { cookie })
}

async function call(origin, method, path, { body, cookie, key, may = [] }) {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      origin,
      'content-type': 'application/json',
      ...(cookie && { cookie }),
      ...(key && { 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  })
  if (response.ok || may.includes(response.status)) return response
  throw new PlainError(`${method} ${path} answered ${response.status}: ${await response.text()}`)
}
