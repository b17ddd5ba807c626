/** A record as months of talks leave it, made from a seed: in three languages, of two organisations, several teams. */
import { asId, type CommandId } from '../../core/ids.ts'
import type { Status } from '../../core/protocol/conversation.ts'
import type { ConversationRecord, EntryRecord, ProjectionRecord } from '../../core/protocol/projection.ts'
import type { Segment } from '../../core/protocol/segments.ts'
import { ulid } from '../../core/ulid.ts'
import { Chance } from '../../core/whatif/chance.ts'
import { Words } from './words.ts'

export const size = { conversations: 60_000, entries: 1_000_000, acts: 60_000 }
export const orgs = ['larch', 'maple'] as const
/** Each has a fifth of its organisation's conversations; a further one has next to none. */
export const teams = ['team0', 'team1', 'team2', 'team3', 'team4'] as const
export const seldom = 'seldom'
/** Inside the record's window of 90 days. */
const span = 80 * 86_400_000
export const customersEach = 12_000
const agentsEach = 60
const queuesEach = 10

export interface Corpus {
  /** When the first conversation began, in ms. */
  readonly from: number
  /** Ids of some conversations of the first organisation, oldest first. */
  readonly known: readonly string[]
  /** Oldest first. */
  records(): Generator<ProjectionRecord>
}

export function corpus(seed: number, now: number): Corpus {
  const from = now - span
  const known: string[] = []
  function* records() {
    const chance = new Chance(seed)
    const words = new Words(chance)
    let said = 0
    for (let n = 0; n < size.conversations; n += 1) {
      const openedAt = from + Math.floor(((n + chance.share()) * (span - 3_600_000)) / size.conversations)
      const upTo = Math.round(((n + 1) * size.entries) / size.conversations)
      // Around the mean, and the whole exact.
      const count = n === size.conversations - 1 ? size.entries - said : lengthOf(chance, upTo - said)
      const agent = `agent${Math.floor(chance.share() * agentsEach)}`
      const talk = conversation(n, openedAt, count, agent, chance)
      if (talk.org === orgs[0] && n % 100 === 0) known.push(talk.id)
      yield talk
      yield* stays(talk, agent, chance)
      for (let seq = 1; seq <= count; seq += 1) yield entry(talk, agent, seq, said + seq, words, chance)
      said += count
    }
    for (let n = 0; n < size.acts; n += 1) yield act(n, from, chance)
    for (const org of orgs) for (let n = 0; n < agentsEach; n += 1) yield* times(org, `agent${n}`, from)
  }
  return { from, known, records }
}

/** From one entry to twice as many as are due. */
const lengthOf = (chance: Chance, due: number) => Math.max(1, Math.floor(chance.share() * 2 * due))

/** A wait, and the talk that came of it, but for a tenth who leave. */
function* stays(talk: ConversationRecord, agent: string, chance: Chance): Generator<ProjectionRecord> {
  const { org, id, openedAt, status } = talk
  const isAnswered = chance.share() < 0.9
  const answeredAt = openedAt + Math.floor(chance.share() * 60_000)
  const queue = `queue${Math.floor(chance.share() * queuesEach)}`
  const stay = (kind: 'queue' | 'talk', more: Partial<Segment>): ProjectionRecord => {
    const whole = { id: `${kind}:1`, version: 1, kind, queue, agent: null, lease: null, first: 1, last: null }
    const times = { beganAt: openedAt, endedAt: answeredAt, outcome: null }
    return { type: 'segment', org, conversation: id, segment: { ...whole, ...times, ...more } }
  }
  yield stay('queue', { outcome: isAnswered ? 'answered' : 'abandoned' })
  const ending =
    status === 'closed' ? { endedAt: talk.closedAt, outcome: 'closed-by-agent' as const } : { endedAt: null }
  if (isAnswered) yield stay('talk', { agent, beganAt: answeredAt, ...ending })
}

/** Twelve times a day an agent turns from free to busy, or back. */
function* times(org: string, agent: string, from: number): Generator<ProjectionRecord> {
  const length = 86_400_000 / 12
  for (let id = 1; id <= (span / 86_400_000) * 12; id += 1) {
    const duty = {
      presence: 'available',
      reason: null,
      notResponding: false,
      connected: true,
      occupied: id % 2 === 0,
    } as const
    const beganAt = from + (id - 1) * length
    yield {
      type: 'agent-interval',
      org,
      agent,
      interval: { id, version: 2, ...duty, beganAt, endedAt: beganAt + length },
    }
  }
}

function conversation(n: number, openedAt: number, count: number, agent: string, chance: Chance): ConversationRecord {
  const pick = (below: number) => Math.floor(chance.share() * below)
  const org = orgs[n % 2] ?? orgs[0]
  const status: Status = chance.share() < 0.02 ? 'talking' : 'closed'
  const customer = pick(customersEach)
  return {
    type: 'conversation',
    org,
    id: newUlid(openedAt, chance),
    version: count,
    customer: `c_${org}_${customer}`,
    customerName: `Customer ${customer}`,
    channel: 'chat',
    status,
    owner: status === 'closed' ? null : agent,
    openedAt,
    closedAt: status === 'closed' ? openedAt + 1_200_000 : null,
    entries: count,
    teams: teamsOf(n, chance),
    about: {
      tags: chance.share() < 0.3 ? [`tag${pick(20)}`] : [],
      disposition: chance.share() < 0.5 ? `end${pick(8)}` : null,
      rating: chance.share() < 0.2 ? 1 + pick(5) : null,
      snoozedUntil: null,
      mergedInto: null,
      splitFrom: null,
    },
  }
}

/** One of the five mostly, sometimes two, and six times in all of an organisation the seldom one. */
function teamsOf(n: number, chance: Chance): string[] {
  if (n % 10_000 < 2) return [seldom]
  const first = Math.floor(chance.share() * teams.length)
  const second = Math.floor(chance.share() * teams.length)
  const both = chance.share() < 0.1 ? [first, second] : [first]
  return [...new Set(both)].flatMap((i) => teams[i] ?? [])
}

function entry(
  talk: ConversationRecord,
  agent: string,
  seq: number,
  n: number,
  words: Words,
  chance: Chance,
): EntryRecord {
  const { org, id, customer, customerName, openedAt } = talk
  const isNote = chance.share() < 0.05
  const isCustomers = !isNote && seq % 2 === 1
  return {
    type: 'entry',
    org,
    conversation: id,
    entry: {
      stream: 'staff',
      seq,
      pub: isNote ? null : seq,
      at: openedAt + seq * 20_000,
      id: asId<CommandId>(newUlid(openedAt, chance)),
      from: isCustomers
        ? { role: 'customer', id: customer, name: customerName }
        : { role: 'agent', id: agent, name: `Agent ${agent}` },
      body: { type: isNote ? 'note' : 'message', text: words.sentence(n) },
    },
  }
}

function act(n: number, from: number, chance: Chance): ProjectionRecord {
  const at = from + Math.floor((n * span) / size.acts)
  const who = `agent${Math.floor(chance.share() * agentsEach)}`
  const team = teams[Math.floor(chance.share() * teams.length)]
  return {
    type: 'audit',
    org: orgs[n % 2] ?? orgs[0],
    act: {
      id: newUlid(at, chance),
      at,
      by: { id: who, name: `Agent ${who}`, role: 'supervisor', ...(team === undefined ? {} : { team }) },
      action: ['staff.change', 'config.publish', 'conversation.assign'][n % 3] ?? '',
      object: { kind: 'staff', id: `agent${n % agentsEach}` },
      before: { name: 'before' },
      after: { name: 'after' },
      from: { address: '192.0.2.7', client: 'bench', request: `r${n}` },
    },
  }
}

const newUlid = (at: number, chance: Chance) =>
  ulid(
    at,
    Uint8Array.from({ length: 10 }, () => Math.floor(chance.share() * 256)),
  )
