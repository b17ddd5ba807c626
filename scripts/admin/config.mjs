// The configuration of an organisation, as a YAML file.
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { apiOptions, signedIn } from '../lib/api.mjs'
import { namedWords, PlainError, readArgs, runPart } from '../lib/args.mjs'
import { differences, readConfigFile, toYaml, withVersion } from '../lib/config-file.mjs'
import { givenPath } from '../lib/wrangler.mjs'

export const usage = 'export|diff|apply'
export const summary = 'Takes the configuration out as YAML, compares it, publishes it.'
export const details = `  export [file.yaml] --email E            writes the published configuration, to standard output without a file
  diff <file.yaml> --email E              what the file would change in what is published
  diff <file.yaml> <other.yaml>           what is different between two files; asks no server
  apply <file.yaml> --email E [--force]   checks the file and publishes it. A file that says from which version it was
                                          made is refused when another is published by now; --force publishes it all the same
Signs in as --email, an administrator; the password comes from PARLEY_PASSWORD or is asked for.
--url URL says where the server is, by default the local one. --dry-run tells the requests and makes none.`

export const run = (args) => runPart('config', { export: take, diff, apply }, args)

const path = '/api/v1/config'

async function take(args) {
  const { values, positionals } = readArgs(args, apiOptions, { positionals: true })
  const { file } = namedWords(positionals, [], ['file'])
  await signedIn(values, async (ask) => {
    const published = await ask('GET', path)
    if (published === undefined) return
    if (file === undefined) return process.stdout.write(toYaml(published))
    writeFileSync(givenPath(file), toYaml(published))
    console.log(`Wrote version ${published.version} to ${file}.`)
  })
}

async function diff(args) {
  const { values, positionals } = readArgs(args, apiOptions, { positionals: true })
  const { file, other } = namedWords(positionals, ['file'], ['other'])
  const mine = readConfigFile(givenPath(file))
  if (other !== undefined) return show(differences(mine.config, readConfigFile(givenPath(other)).config))
  await signedIn(values, async (ask) => {
    const published = await ask('GET', path, { may: [404] })
    if (published !== undefined) show(differences(published?.config ?? {}, mine.config))
  })
}

async function apply(args) {
  const { values, positionals } = readArgs(args, { ...apiOptions, force: { type: 'boolean' } }, { positionals: true })
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
    const done = await ask('PUT', path, { body: config, key: randomUUID() })
    if (done === undefined) return
    show(changes)
    console.log(`Published version ${done.version}.`)
    // The next change goes on from here.
    if (version !== undefined) writeFileSync(from, withVersion(readFileSync(from, 'utf8'), done.version))
  })
}

const show = (lines) => console.log(lines.length > 0 ? lines.join('\n') : 'No differences.')
