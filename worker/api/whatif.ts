/** A day's traffic out of the record, for a simulation in the browser (docs/decisions/what-if.md). */
import type * as z from 'zod/mini'
import { mostContacts, RoutingConfig, type TrafficAnswer, type TrafficQuery } from '../../core/protocol/whatif.ts'
import { ok, refuse } from '../../core/result.ts'
import { trafficOf } from '../../core/whatif/recorded.ts'
import type { Stay } from '../../core/whatif/stays.ts'
import { agentTimes, staysEnded } from '../db/reports.ts'
import { newestConfig } from '../from-book.ts'
import type { Answer, GuardedCall } from './route.ts'

const hour = 3_600_000
/** A day whose clocks are put back. */
const longest = 25 * hour
/** What began in the day and ended this long after it is read too. */
const after = 6 * hour
/** A contact has about four stays: more than these are not held in memory. */
const mostStays = 5 * mostContacts

export async function trafficOfDay(call: GuardedCall, query: z.output<typeof TrafficQuery>): Answer<TrafficAnswer> {
  const { to = call.now } = query
  const { from = Math.max(0, to - 24 * hour) } = query
  if (to <= from) return refuse('bad_input', 'must be after `from`', { field: 'to' })
  if (to - from > longest) return refuse('bad_input', 'must be at most 25 hours after `from`', { field: 'to' })
  const published = await newestConfig(call.env, call.org)
  if (!published.ok) return published
  const stays: Stay[] = []
  for await (const stay of staysEnded(call.db, call.org, { from, to: to + after })) {
    if (stays.push(stay) > mostStays) return tooMany
  }
  const times = []
  for await (const time of agentTimes(call.db, call.org, { from, to })) times.push(time)
  const traffic = trafficOf(stays, times, { from, to }, Math.min(call.now, to))
  if (traffic.contacts.length > mostContacts) return tooMany
  const { version, config } = published.value
  return ok({ traffic, version, config: RoutingConfig.parse(config) })
}

const tooMany = refuse('bad_input', `holds more than ${mostContacts} contacts: choose a shorter time`, { field: 'to' })
