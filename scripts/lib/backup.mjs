// What a backup is made of, beside the tables of D1: every lasting actor and every object, as the API pages them.
import { BackupActors, BackupObjects, BackupPage, PartStored, RestoreBegun } from '../../core/protocol/api.ts'
import { passing, projected } from '../../worker/db/tables.ts'

/**
 * @typedef {import('./api.mjs').Ask} Ask
 * @typedef {import('zod/mini').infer<typeof BackupPage>} Page
 * @typedef {import('../../core/protocol/api.ts').BackupObjects['items'][number]} Stored
 */

const base = '/api/ops/backup'
/** @param {string} what @param {Record<string, string>} query */
const addressOf = (what, query) => `${base}/${what}?${new URLSearchParams(query)}`

/** What one request carries of an object, in bytes: within the time that an answer is waited for, on a slow line too. */
const PART = 8 * 1_048_576

/**
 * Tables that a backup leaves out.
 * @type {readonly string[]}
 */
export const leftOut = [...projected, ...passing]

/**
 * Every page of every actor that holds something lasting. Nothing in a dry run.
 * @param {Ask} ask
 * @returns {AsyncGenerator<{ actor: string, page: Page }>}
 */
export async function* pagesOfActors(ask) {
  /** @type {Set<string>} */
  const kept = new Set()
  for await (const actor of listed(ask, 'actors', BackupActors)) {
    /** @type {string | null} */
    let cursor = ''
    while (cursor !== null) {
      const page = BackupPage.parse(await ask('GET', addressOf('actor', { actor, cursor })))
      if (!leadsAway(actor, page, kept)) yield { actor, page }
      cursor = page.next
    }
    kept.add(actor)
  }
}

/**
 * Whether a thread leads to a conversation that is not in the backup, as one without a word: its customer begins anew.
 * @param {string} actor @param {Page} page @param {ReadonlySet<string>} kept
 */
function leadsAway(actor, page, kept) {
  const [org, kind] = actor.split('/')
  const [row] = page.rows
  const current = kind === 'thread' && row !== undefined ? JSON.parse(row.body).current : null
  return current !== null && !kept.has(`${org}/conversation/${current.conversation}`)
}

/**
 * Every object of the bucket, without its content. Nothing in a dry run.
 * @param {Ask} ask
 * @returns {AsyncGenerator<Stored>}
 */
export const objectsOf = (ask) => listed(ask, 'objects', BackupObjects)

/** Where an object's content is read. @param {Stored} object */
export const contentOf = ({ key }) => addressOf('object', { key })

/**
 * Puts an object back, in parts of `part` bytes if it has more; one that is there already stays as it is.
 * @param {Ask} ask @param {Stored} object @param {Blob} content @param {number} [part]
 */
export async function putObject(ask, { key, size, media, metadata }, content, part = PART) {
  if (size <= part) {
    const query = { key, size: String(size), media, metadata: JSON.stringify(metadata) }
    await ask('PUT', addressOf('object', query), { from: content })
    return
  }
  const answer = await ask('POST', `${base}/parts`, { body: { key, media, metadata } })
  const upload = answer === undefined ? null : RestoreBegun.parse(answer).upload
  if (upload === null) return
  const parts = []
  for (let from = 0, number = 1; from < size; from += part, number += 1) {
    const slice = content.slice(from, from + part)
    const query = { key, upload, number: String(number), size: String(slice.size) }
    const { etag } = PartStored.parse(await ask('PUT', addressOf('parts', query), { from: slice }))
    parts.push({ number, etag })
  }
  await ask('POST', `${base}/parts/end`, { body: { key, upload, size, parts } })
}

/**
 * Puts a page back. False when there is something already: an earlier try, or an installation that is in use.
 * @param {Ask} ask @param {{ actor: string, page: unknown }} kept
 */
export async function putBack(ask, { actor, page }) {
  return (await ask('PUT', `${base}/actor`, { body: { actor, page }, may: [409] })) !== null
}

/**
 * All items of a list, page by page.
 * @template T
 * @param {Ask} ask @param {string} what
 * @param {{ parse(value: unknown): { items: T[], next: string | null } }} schema
 * @returns {AsyncGenerator<T>}
 */
async function* listed(ask, what, schema) {
  /** @type {string | null} */
  let cursor = ''
  while (cursor !== null) {
    const answer = await ask('GET', addressOf(what, { cursor }))
    if (answer === undefined) return
    const list = schema.parse(answer)
    yield* list.items
    cursor = list.next
  }
}
