// After a change in the record itself: the server is told, so that it closes what was opened under older rights.
import { originOf } from './api.mjs'
import { ownerOf } from './server.mjs'
import { tell } from './wrangler.mjs'

/** A change waits for its effect no longer than this, in ms. */
const patience = 10_000

/**
 * Tells the server of an act on a member of staff. Where no server runs there are no sockets; one that cannot be reached
 * hears of the change with the next request of its member, and whoever made it is told so.
 * @param {{ url?: string, remote?: boolean, 'dry-run'?: boolean }} values
 * @param {import('./wrangler.mjs').Target} target
 * @param {{ organisation: string, act: string }} body
 */
export async function tellServer(values, target, body) {
  if (values.url === undefined && target.remote)
    return console.log('What is open in their browsers ends with the next request: --url ends it at once.')
  if (values.url === undefined && ownerOf(target.stateDir) === undefined) return
  const address = `${originOf(values)}/api/ops/told`
  tell(`POST ${address}`)
  const trouble = await post(address, body)
  if (trouble !== undefined)
    console.log(`The server was not told (${trouble}): what is open in their browsers ends with the next request.`)
}

/** Why it could not be done, if it could not. */
async function post(address, body) {
  const headers = { 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(patience)
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      redirect: 'error',
      signal,
    })
    return answer.ok ? undefined : `it answered ${answer.status}`
  } catch (error) {
    return error.cause?.code ?? error.message
  }
}
