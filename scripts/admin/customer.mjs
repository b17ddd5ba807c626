// A person's rights: everything about them in a folder, and their erasure with its proof.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiOptions, signedIn } from '../lib/api.mjs'
import { namedWords, readArgs, runPart } from '../lib/args.mjs'
import { givenPath } from '../lib/wrangler.mjs'

export const usage = 'export|erase'
export const summary = 'Takes out everything about a customer, or erases it everywhere with a proof.'
export const details = `  export <customer> <folder> --email E   writes person.ndjson (one JSON object a line) and all files to a folder
  erase <customer> --email E             erases the customer everywhere, and prints what was found where; asked again it
                                         prints the same proof. It goes on by itself when this command is cut off
Signs in as --email, an administrator; the password comes from PARLEY_PASSWORD or is asked for.
--url URL says where the server is, by default the local one. --dry-run tells the requests and makes none.`

export const run = (args) => runPart('customer', { export: take, erase }, args)

const pathOf = (customer, what) => `/api/v1/customers/${encodeURIComponent(customer)}/${what}`

async function take(args) {
  const { values, positionals } = readArgs(args, apiOptions, { positionals: true })
  const { customer, folder } = namedWords(positionals, ['customer', 'folder'])
  const to = givenPath(folder)
  await signedIn(values, async (ask) => {
    if (!values['dry-run']) mkdirSync(join(to, 'files'), { recursive: true })
    const list = join(to, 'person.ndjson')
    await ask('GET', pathOf(customer, 'export'), { to: list })
    if (values['dry-run']) return
    const lines = readFileSync(list, 'utf8').trim().split('\n')
    const files = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'file')
    // By their ids: what somebody called a file is no name to write to.
    for (const { href } of files) await ask('GET', href, { to: join(to, 'files', href.split('/').slice(-2).join('-')) })
    console.log(`Wrote ${lines.length} lines and ${files.length} files to ${folder}.`)
  })
}

async function erase(args) {
  const { values, positionals } = readArgs(args, apiOptions, { positionals: true })
  const { customer } = namedWords(positionals, ['customer'])
  await signedIn(values, async (ask) => {
    for (;;) {
      const proof = await ask('POST', pathOf(customer, 'erasure'))
      if (proof === undefined) return
      if (proof.done !== null) return console.log(JSON.stringify(proof, null, 2))
    }
  })
}
