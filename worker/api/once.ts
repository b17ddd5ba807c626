/** `Idempotency-Key`: a request that is sent again under its key is not carried out again, but gets its first answer. */

import { describeError } from '../../core/describe-error.ts'
import { sha256 } from '../auth/keys.ts'
import { type Claim, claimKey, dropClaim, keepAnswer } from '../db/answers.ts'
import type { Database } from '../db/client.ts'
import { log } from '../log.ts'
import { problem } from '../problems.ts'

const keptMs = 24 * 3_600_000
/** How long a try may take before its key is free again: its isolate may be gone. */
const patienceMs = 60_000

export interface Keyed {
  readonly org: string
  readonly caller: string
  /** The route, with its variable parts as they are. */
  readonly route: string
  readonly key: string
  readonly body: string
}

/** Runs a request at most once. Kept are successes and refusals; a failure of ours burns no key. */
export async function once(db: Database, keyed: Keyed, now: number, run: () => Promise<Response>): Promise<Response> {
  const claim = await claimOf(keyed, now)
  const before = await claimKey(db, claim, now)
  if (before !== undefined && before.request !== claim.request) {
    return problem({ code: 'bad_input', message: 'was used for another request', field: 'Idempotency-Key' })
  }
  if (before !== undefined) return before.status === null ? underWay() : again(before.status, before.body ?? '')
  let response: Response
  try {
    response = await run()
  } catch (error) {
    await release(db, claim)
    throw error
  }
  return settle(db, claim, now, response)
}

async function claimOf({ org, caller, route, key, body }: Keyed, now: number): Promise<Claim> {
  const [name, request] = await Promise.all([sha256([caller, route, key].join('\n')), sha256(`${route}\n${body}`)])
  return { org, key: name, request, until: now + patienceMs }
}

async function settle(db: Database, claim: Claim, now: number, response: Response): Promise<Response> {
  const { status } = response
  // Too many requests is no answer to this one.
  if (status >= 500 || status === 429) {
    await release(db, claim)
    return response
  }
  const body = await response.text()
  try {
    await keepAnswer(db, claim, { status, body, until: now + keptMs })
  } catch (error) {
    // It was carried out, and its caller shall know; sent again within a minute, it is told to wait.
    log('error', 'answer_not_kept', { error: describeError(error) })
  }
  return again(status, body)
}

async function release(db: Database, claim: Claim): Promise<void> {
  try {
    await dropClaim(db, claim)
  } catch (error) {
    // It runs out by itself, and what went wrong first must not be hidden.
    log('error', 'claim_not_dropped', { error: describeError(error) })
  }
}

function again(status: number, body: string): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return body === ''
    ? new Response(null, { status })
    : new Response(body, { status, headers: { 'content-type': type } })
}

const underWay = () =>
  problem(
    { code: 'conflict', message: 'The first request with this Idempotency-Key is still under way.' },
    { retryAfter: 1 },
  )
