/** The board of the Floor: a row for each queue and each agent, by team, so that each team's supervisors get their own. */
import type * as z from 'zod/mini'
import type { Stream, Turn } from '../engine/model.ts'
import { own } from '../own.ts'
import { FloorAgent, type FloorFrame, FloorQueue, FloorRow } from '../protocol/floor.ts'
import type { AgentNow } from '../protocol/messages.ts'
import type { FloorState } from './state.ts'

/** Who sees everything; others see their team: {@link teamAudience}. */
export const EVERYBODY = 'all'
const OF_TEAM = 'team/'
export const teamAudience = (team: string): string => `${OF_TEAM}${team}`

/** Brings the board up to date: only the rows that something happened to. */
export function show(state: FloorState, turn: Turn): void {
  for (const key of state.stale) {
    showRow(state, turn, key)
    state.shown.add(key)
  }
  state.stale.clear()
}

function showRow(state: FloorState, turn: Turn, key: string): void {
  const [kind = '', id = ''] = key.split('/')
  const { queues, agents } = state.known.get()
  if (kind === 'floor') return state.known.get().version > 0 ? state.board.put(turn.now, frameRow(state)) : undefined
  const known = own<{ readonly team: string }>(kind === 'queue' ? queues : agents, id)
  const now = known === undefined ? undefined : `${kind}/${known.team}/${id}`
  // It may have been of another team.
  for (const shown of state.board.keys()) {
    if (shown !== now && shown.startsWith(`${kind}/`) && shown.endsWith(`/${id}`)) state.board.delete(turn.now, shown)
  }
  const row = kind === 'queue' ? queueRow(state, id) : agentRow(state, id)
  if (row !== null) state.board.put(turn.now, row)
}

function frameRow({ known, counted }: FloorState): FloorFrame {
  const { policy } = known.get()
  const { spans } = counted.get()
  return { key: 'floor', policy, today: spans?.today ?? 0, interval: spans?.interval ?? 0, counted: spans !== null }
}

function queueRow(state: FloorState, id: string): FloorQueue | null {
  const { known, queues, tally } = state
  const queue = own(known.get().queues, id)
  if (queue === undefined) return null
  const { name, team } = queue
  const key = `queue/${team}/${id}`
  const told = queues.get(id)
  const now = told === undefined ? null : { waiting: told.waiting, oldest: told.oldest }
  const figures = tally?.queue(id) ?? before(state, FloorQueue, key)?.figures ?? null
  return { key, queue: id, name, team, now, figures }
}

function agentRow(state: FloorState, id: string): FloorAgent | null {
  const { known, agents, tally } = state
  const agent = own(known.get().agents, id)
  if (agent === undefined) return null
  const { name, team, queues } = agent
  const key = `agent/${team}/${id}`
  const last = tally === null ? before(state, FloorAgent, key) : null
  const figures = tally?.agent(id) ?? last?.figures ?? null
  const time = tally?.time(id) ?? last?.time ?? null
  return { key, agent: id, name, team, queues: [...queues], now: agentNow(agents.get(id)), figures, time }
}

function agentNow(told: AgentNow | undefined): FloorAgent['now'] {
  if (told === undefined) return null
  const { presence, reason, notResponding, link, since, items } = told
  return { presence, reason, notResponding, link, since, items: [...items] }
}

/** What was shown: whoever has lost the memory goes on with it until the record has told it anew. */
function before<R>({ counted, board }: FloorState, schema: z.ZodMiniType<R>, key: string): R | null {
  if (counted.get().spans === null) return null
  const row = schema.safeParse(board.row(key))
  return row.success ? row.data : null
}

/** The board, or a team's part of it, which leaves out the numbers of others' rows. */
export function streamOf({ board }: FloorState, audience: string): Stream | undefined {
  const stream = board.stream()
  if (audience === EVERYBODY) return stream
  if (!audience.startsWith(OF_TEAM)) return undefined
  const team = audience.slice(OF_TEAM.length)
  const ours = <E extends { readonly body: unknown }>(events: readonly E[]) =>
    events.filter(({ body }) => isOfTeam(String(Object(body).key), team))
  return {
    head: () => stream.head(),
    fresh: () => ours(stream.fresh()),
    since: (seq) => {
      const missed = stream.since(seq)
      return missed === null ? null : ours(missed)
    },
    snapshot: () => ours(stream.snapshot()),
    sparse: true,
  }
}

const isOfTeam = (key: string, team: string) => key === 'floor' || key.split('/')[1] === team

/** What an audience sees now. */
export function rowsFor(state: FloorState, audience: string): FloorRow[] {
  const events = streamOf(state, audience)?.snapshot() ?? []
  return events.flatMap(({ body }) => {
    const row = FloorRow.safeParse(body)
    return row.success ? [row.data] : []
  })
}
