// What a backup is made of, beside the tables of D1: every lasting actor and every object, as the API pages them.
import { passing, projected } from '../../worker/db/tables.ts'

const base = '/api/ops/backup'
const addressOf = (what, query) => `${base}/${what}?${new URLSearchParams(query)}`

/**
 * Tables that a backup leaves out.
 * @type {readonly string[]}
 */
export const leftOut = [...projected, ...passing]

/**
 * Every page of every actor that holds something lasting. Nothing in a dry run.
 * @param {(method: string, path: string, options?: object) => Promise<any>} ask
 */
export async function* pagesOfActors(ask) {
  const kept = new Set()
  for await (const actor of listed(ask, 'actors')) {
    for (let cursor = ''; cursor !== null; ) {
      const page = await ask('GET', addressOf('actor', { actor, cursor }))
      if (!leadsAway(actor, page, kept)) yield { actor, page }
      cursor = page.next
    }
    kept.add(actor)
  }
}

/** Whether a thread leads to a conversation that is not in the backup, as one without a word: its customer begins anew. */
function leadsAway(actor, page, kept) {
  const [org, kind] = actor.split('/')
  const current = kind === 'thread' && page.rows.length > 0 ? JSON.parse(page.rows[0].body).current : null
  return current !== null && !kept.has(`${org}/conversation/${current.conversation}`)
}

/** Every object of the bucket, without its content. */
export const objectsOf = (ask) => listed(ask, 'objects')

/** Where an object's content is read, and where it is written. */
export const contentOf = ({ key }) => addressOf('object', { key })
export const homeOf = ({ key, size, media, metadata }) =>
  addressOf('object', { key, size, media, metadata: JSON.stringify(metadata) })

/** Puts a page back. False when there is something already: an earlier try, or an installation that is in use. */
export async function putBack(ask, { actor, page }) {
  return (await ask('PUT', `${base}/actor`, { body: { actor, page }, may: [409] })) !== null
}

async function* listed(ask, what) {
  for (let cursor = ''; cursor !== null; ) {
    const list = await ask('GET', addressOf(what, { cursor }))
    if (list === undefined) return
    yield* list.items
    cursor = list.next
  }
}
