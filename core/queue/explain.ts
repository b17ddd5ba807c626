/** Why a contact is not served out of this queue now: what keeps each of its agents from it. It decides nothing. */

import type { QueueExplanation } from '../protocol/explanation.ts'
import type { Need } from '../protocol/need.ts'
import { meets } from '../routing/needs.ts'
import { holdsByItem } from './lineup.ts'
import { configOf, type Entry, type QueueState, type Seat } from './state.ts'

/** How many agents are named. */
const NAMED = 20

type Kept = QueueExplanation['agents'][number]
const nearness: readonly Kept['reason'][] = [
  'next',
  'list',
  'holds',
  'asked',
  'cooling',
  'full',
  'silent',
  'away',
  'lacks',
]

/** Null: the contact does not wait here. */
export function explainWait(state: QueueState, conversation: string): QueueExplanation | null {
  const entry = state.entries.get(conversation)
  if (entry === undefined) return null
  const isList = configOf(state).pull === 'only'
  const kept = state.roster.values().map((seat) => ({ seat, ...keptBy(entry, seat, isList) }))
  const counts: Partial<Record<Kept['reason'], number>> = {}
  for (const { reason } of kept) counts[reason] = (counts[reason] ?? 0) + 1
  const near = kept.sort((a, b) => nearness.indexOf(a.reason) - nearness.indexOf(b.reason)).slice(0, NAMED)
  return {
    before: state.lineup.before(entry),
    counts,
    agents: near.map(({ seat, reason, lacks }) => ({
      agent: seat.agent,
      reason,
      ...(lacks === undefined ? {} : { lacks: [...lacks] }),
      load: Object.keys(seat.picture.items).length,
    })),
  }
}

interface KeptBy {
  readonly reason: Kept['reason']
  readonly lacks?: readonly string[]
}

function keptBy(entry: Entry, seat: Seat, isList: boolean): KeptBy {
  const { picture, standing, silent } = seat
  if (standing.is === 'bid' && standing.conversation === entry.conversation) return { reason: 'holds' }
  if (holdsByItem(seat, entry) || entry.rung?.includes(seat.agent) === true) return { reason: 'holds' }
  if (!meets(picture, entry.need)) return { reason: 'lacks', lacks: lacking(entry.need, seat) }
  if (!picture.free.includes(entry.medium)) {
    return { reason: Object.keys(picture.items).length === 0 && picture.free.length === 0 ? 'away' : 'full' }
  }
  if (isList && standing.is !== 'bid') return { reason: 'list' }
  if (entry.avoid.includes(seat.agent)) return { reason: 'cooling' }
  if (silent) return { reason: 'silent' }
  return { reason: standing.is === 'bid' ? 'asked' : 'next' }
}

/** What of a need an agent does not meet, part by part. */
function lacking({ level, skills, where }: Need, { picture }: Seat): string[] {
  const lacks: string[] = []
  if (picture.level < level) lacks.push(`level ${level}`)
  for (const [skill, least] of Object.entries(skills)) {
    if ((picture.skills[skill] ?? 0) < least) lacks.push(`${skill} ${least}`)
  }
  if (where !== undefined && !meets(picture, { level: 0, skills: {}, where })) lacks.push(where)
  return lacks
}
