// What does not get through between the actors and towards the record, and what the edge keeps failing to do.
import { apiOptions, signedIn } from '../lib/api.mjs'
import { readArgs } from '../lib/args.mjs'
import { table } from '../lib/table.mjs'

export const usage = '--email E [--url URL] [--replay]'
export const summary = 'Lists what does not get through: waiting messages and parked work.'
export const details = `Signs in as --email, an administrator; the password comes from PARLEY_PASSWORD or is asked for.
Ends with 1 when something is stuck. --replay has each of them tried again, and tells what came of it. --dry-run tells the requests and makes none.`

const columns = ['actor', 'what', 'tries', 'waiting', 'since', 'error']

export async function run(args) {
  const { values } = readArgs(args, { ...apiOptions, replay: { type: 'boolean' } })
  return signedIn(values, async (ask) => {
    const items = await everyPage(ask)
    if (items === undefined) return 0
    if (values.replay !== true || items.length === 0) return show(items)
    for (const { actor } of items) await replay(ask, actor)
    return 0
  })
}

/** Somebody else may have had it tried again meanwhile. */
async function replay(ask, actor) {
  const key = crypto.randomUUID()
  const answer = await ask('POST', '/api/ops/replay', { body: { actor }, key, may: [404] })
  const done = answer === null ? 'is stuck no more' : answer.items > 0 ? 'is tried again' : 'has failed again'
  console.log(`${actor} ${done}.`)
}

function show(items) {
  const rows = items.flatMap(({ actor, at, peers, parked }) => [
    ...peers.map(({ peer, waiting, attempts, since, error }) => ({
      ...{ actor, what: `to ${peer}`, tries: attempts, waiting },
      ...{ since: new Date(since).toISOString(), error },
    })),
    ...parked.map(({ kind, attempts, error }) => ({
      ...{ actor, what: `parked ${kind}`, tries: attempts, waiting: '' },
      ...{ since: new Date(at).toISOString(), error },
    })),
  ])
  if (rows.length > 0) console.log(table(rows, columns))
  console.log(rows.length > 0 ? `${rows.length} stuck at ${items.length} places.` : 'Nothing is stuck.')
  return rows.length > 0 ? 1 : 0
}

/** All that was reported; undefined in a dry run, which shows the first request only. */
async function everyPage(ask) {
  const items = []
  for (let after = ''; ; ) {
    const page = await ask('GET', `/api/ops/stuck?limit=200${after}`)
    if (page === undefined) return undefined
    items.push(...page.items)
    if (page.next === null) return items
    after = `&after=${encodeURIComponent(page.next)}`
  }
}
