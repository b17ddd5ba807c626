// The configuration of an organisation, as a YAML file, and its versions.
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { apiOptions, signedIn } from '../lib/api.mjs'
import { namedWords, PlainError, readArgs, runPart } from '../lib/args.mjs'
import { differences, lineOf, readConfigFile, toYaml, withVersion } from '../lib/config-file.mjs'
import { table } from '../lib/table.mjs'
import { givenPath } from '../lib/wrangler.mjs'

export const usage = 'export|diff|apply|versions|return'
export const summary =
  'Takes the configuration out as YAML, compares it, publishes it, goes back to an earlier version.'
export const details = `  export [file.yaml] --email E [--version N]
                                          writes the published configuration, or version N; to standard output without a file
  diff <file.yaml> --email E              what the file would change in what is published
  diff <file.yaml> <other.yaml>           what is different between two files; asks no server
  diff <N> [<M>] --email E                what is different between version N and M, or the newest
  apply <file.yaml> --email E [--force]   checks the file and publishes it. A file that says from which version it was
                                          made is refused when another is published by now; --force publishes it all the same
  versions --email E                      the versions that are kept: who published them, when and why
  return <N> --email E                    publishes what version N says as a new version
--note TEXT says why, to apply and return. Signs in as --email, an administrator; the password comes from
PARLEY_PASSWORD or is asked for. --url URL says where the server is, by default the local one. --dry-run tells the
requests and makes none.`

export const run = (args) => runPart('config', { export: take, diff, apply, versions, return: goBack }, args)

const path = '/api/v1/config'
const noting = { ...apiOptions, note: { type: 'string' } }

async function take(args) {
  const options = { ...apiOptions, version: { type: 'string' } }
  const { values, positionals } = readArgs(args, options, { positionals: true })
  const { file } = namedWords(positionals, [], ['file'])
  const from = values.version === undefined ? path : `${path}/versions/${numberOf(values.version)}`
  await signedIn(values, async (ask) => {
    const published = await ask('GET', from)
    if (published === undefined) return
    if (file === undefined) return process.stdout.write(toYaml(published))
    writeFileSync(givenPath(file), toYaml(published))
    console.log(`Wrote version ${published.version} to ${file}.`)
  })
}

async function diff(args) {
  const { values, positionals } = readArgs(args, apiOptions, { positionals: true })
  const { file, other } = namedWords(positionals, ['file'], ['other'])
  if (isNumber(file)) return diffVersions(values, file, other)
  const mine = readConfigFile(givenPath(file))
  if (other !== undefined) return show(differences(mine.config, readConfigFile(givenPath(other)).config))
  await signedIn(values, async (ask) => {
    const published = await ask('GET', path, { may: [404] })
    if (published !== undefined) show(differences(published?.config ?? {}, mine.config))
  })
}

async function diffVersions(values, from, to) {
  const query = new URLSearchParams({ from, ...(to !== undefined && { to: numberOf(to) }) })
  await signedIn(values, async (ask) => {
    const answer = await ask('GET', `${path}/changes?${query}`)
    if (answer !== undefined) show(answer.changes.map(lineOf))
  })
}

async function apply(args) {
  const { values, positionals } = readArgs(args, { ...noting, force: { type: 'boolean' } }, { positionals: true })
  const { file } = namedWords(positionals, ['file'])
  const from = givenPath(file)
  const { version, config } = readConfigFile(from)
  await signedIn(values, async (ask) => {
    const published = await ask('GET', path, { may: [404] })
    const changes = differences(published?.config ?? {}, config)
    if (published && changes.length === 0)
      return console.log(`Nothing to do: version ${published.version} says the same.`)
    if (published && version !== undefined && version !== published.version && !values.force)
      throw new PlainError(
        `${file} was made from version ${version}, but version ${published.version} is published: export it again, or say --force.`,
      )
    // What was looked at is what is replaced: somebody may publish just now.
    const done = await ask('PUT', `${path}?${about(values, published?.version ?? 0)}`, {
      body: config,
      key: randomUUID(),
    })
    if (done === undefined) return
    show(changes)
    for (const { field, message } of done.warnings ?? []) console.warn(`Warning: ${field}: ${message}.`)
    console.log(`Published version ${done.version}.`)
    // The next change goes on from here.
    if (version !== undefined) writeFileSync(from, withVersion(readFileSync(from, 'utf8'), done.version))
  })
}

async function versions(args) {
  const { values, positionals } = readArgs(args, apiOptions, { positionals: true })
  namedWords(positionals, [])
  await signedIn(values, async (ask) => {
    const items = []
    for (let next = ''; next !== null; ) {
      const page = await ask('GET', `${path}/versions${next && `?cursor=${next}`}`)
      if (page === undefined) return
      items.push(...page.items)
      next = page.next
    }
    const rows = items.map(({ version, at, by, byName, note, returnTo }) => ({
      version,
      published: new Date(at).toISOString(),
      by: byName ?? by,
      note: [returnTo === null ? '' : `back to ${returnTo}`, note].filter(Boolean).join(': '),
    }))
    console.log(rows.length > 0 ? table(rows) : 'Nothing is published yet.')
  })
}

async function goBack(args) {
  const { values, positionals } = readArgs(args, noting, { positionals: true })
  const to = numberOf(namedWords(positionals, ['version']).version)
  await signedIn(values, async (ask) => {
    const differs = await ask('GET', `${path}/changes?from=${to}`)
    const body = { base: differs?.to, note: values.note }
    const done = await ask('POST', `${path}/versions/${to}/return`, { body, key: randomUUID() })
    if (done === undefined) return
    console.log(`Published version ${done.version}, which says what version ${to} says.`)
  })
}

const about = ({ note }, base) => new URLSearchParams({ base: String(base), ...(note !== undefined && { note }) })
const isNumber = (word) => /^\d{1,9}$/.test(word)

function numberOf(word) {
  if (!isNumber(word)) throw new PlainError(`"${word}" is no version: config versions lists them.`)
  return word
}

const show = (lines) => console.log(lines.length > 0 ? lines.join('\n') : 'No differences.')
