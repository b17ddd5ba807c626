// Makes the record anew: empties an organisation's projection and asks every actor to tell it everything again.
import { apiOptions, signedIn } from '../lib/api.mjs'
import { PlainError, readArgs } from '../lib/args.mjs'

export const usage = '--email E [--url URL] [--from CURSOR]'
export const summary = 'Makes the record of an organisation anew from what its actors know.'
export const details = `Signs in as --email, an administrator of the organisation; the password comes from PARLEY_PASSWORD or is asked for.
First whoever the record knows and the register does not joins it, so that nobody is lost. Talks go on as always; until it is done, lists and reports show what was told again by then. When it is cut short, --from
goes on at the place it told last. Ends with 1 when actors did not answer: ask again with --from 0:0, as often as you like.
--dry-run tells the requests and makes none.`

export async function run(args) {
  const { values } = readArgs(args, { ...apiOptions, from: { type: 'string' } })
  if (values.from !== undefined && !/^\d+:\d+$/.test(values.from))
    throw new PlainError(`--from "${values.from}" is no place; it looks like 3:200.`)
  const sums = await signedIn(values, (ask) => walk(ask, values.from ?? 'empty'))
  if (sums === undefined) return 0
  for (const actor of sums.silent) console.log(`${actor} does not answer.`)
  if (sums.joined > 0) console.log(`${sums.joined} actors joined the register.`)
  console.log(`Deleted ${sums.deleted} rows and asked ${sums.asked} actors; what they tell is recorded as it comes.`)
  return sums.silent.length > 0 ? 1 : 0
}

async function walk(ask, from) {
  const sums = { joined: 0, deleted: 0, asked: 0, silent: [] }
  for (let cursor = from; cursor !== null; ) {
    const step = await ask('POST', '/api/ops/rebuild', { body: { cursor } })
    if (step === undefined) return undefined
    sums.joined += step.joined
    sums.deleted += step.deleted
    sums.asked += step.asked
    sums.silent.push(...step.silent)
    cursor = step.next
    if (cursor !== null) console.log(`  next: ${cursor}`)
  }
  return sums
}
