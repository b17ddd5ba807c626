// What does not get through between the actors, and towards the record.
import { apiOptions, signedIn } from '../lib/api.mjs'
import { readArgs } from '../lib/args.mjs'
import { table } from '../lib/table.mjs'

export const usage = '--email E [--url URL]'
export const summary = 'Lists what does not get through: waiting messages, parked work, silent actors.'
export const details = `Signs in as --email, an administrator; the password comes from PARLEY_PASSWORD or is asked for.
Ends with 1 when something is stuck. --dry-run tells the requests and makes none.`

const columns = ['actor', 'what', 'tries', 'waiting', 'since', 'error']

export async function run(args) {
  const { values } = readArgs(args, apiOptions)
  const report = await signedIn(values, (ask) => ask('GET', '/api/ops/stuck'))
  if (report === undefined) return 0
  const rows = [
    ...report.silent.map((actor) => ({ actor, what: 'does not answer' })),
    ...report.items.flatMap(({ actor, peers, parked }) => [
      ...peers.map(({ peer, waiting, attempts, since, error }) => ({
        ...{ actor, what: `to ${peer}`, tries: attempts, waiting },
        ...{ since: new Date(since).toISOString(), error },
      })),
      ...parked.map(({ id, kind, attempts, error }) => ({
        ...{ actor, what: `parked ${kind} ${id}`, tries: attempts, waiting: 1, error },
      })),
    ]),
  ]
  if (rows.length > 0) console.log(table(rows, columns))
  const asked = report.asked < report.known ? `${report.asked} of ${report.known} actors` : `${report.asked} actors`
  console.log(rows.length > 0 ? `${rows.length} stuck; asked ${asked}.` : `Nothing is stuck; asked ${asked}.`)
  return rows.length > 0 ? 1 : 0
}
