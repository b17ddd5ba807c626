/** The live state of the console: one link to the own agent, one to each shown queue, one to each conversation in hand. */
import { batch, computed, effect, type Signal, signal, untracked } from '@preact/signals'
import {
  AgentRow,
  type DoneRow,
  type GoneRow,
  type ItemRow,
  type LaidRow,
  type MeRow,
  WaitingRow,
} from '../../core/protocol/agent.ts'
import { NameList, type Session } from '../../core/protocol/api.ts'
import type { MentionRow } from '../../core/protocol/colleagues.ts'
import { may, scopeOf, teamOf } from '../../core/protocol/permissions.ts'
import { byShownOrder } from '../../core/routing/contacts.ts'
import { faultText } from '../i18n/faults.ts'
import { keptHere, storage } from '../net/browser.ts'
import { keptScopes } from '../net/kept.ts'
import type { Item, Outcome } from '../net/outbox.ts'
import { Peer } from '../net/peer.ts'
import { boardOf } from '../net/stream.ts'
import { filesHere } from '../ui/file-ports.ts'
import { account, ticketsFor } from './account.ts'
import { call } from './api.ts'
import { around } from './around.ts'
import { freshDesk, loadDesk } from './desk.ts'
import { isStale } from './offline/stale.ts'
import { opened } from './place.ts'
import { StaffTalk } from './staff-talk.ts'

export type { StaffTalk }
export type AgentPeer = Peer<ReadonlyMap<string, AgentRow>>
export type QueuePeer = Peer<ReadonlyMap<string, WaitingRow>>
type Named = NameList['items'][number]

/** Conversations, and queues, that are on a link at the same time; those with something unanswered come on top. */
const MOST = 8
/** How long a conversation is on a link to see whether a page that is gone has left words for it. */
const LOOK_FOR = 10_000

export const agent = signal<AgentPeer | null>(null)
export const allQueues = signal<readonly Named[]>([])
export const agents = signal<readonly Named[]>([])
export const queuePeers = signal<ReadonlyMap<string, QueuePeer>>(new Map())
export const talks = signal<ReadonlyMap<string, StaffTalk>>(new Map())
/** The last refusal that the person has not seen yet. */
export const trouble = signal('')

const isItem = (row: AgentRow): row is ItemRow => row.key.startsWith('item/')
const isLaid = (row: AgentRow): row is LaidRow => row.key.startsWith('laid/')
const isDone = (row: AgentRow): row is DoneRow => row.key.startsWith('done/')
const isMention = (row: AgentRow): row is MentionRow => row.key.startsWith('mention/')
const isGone = (row: AgentRow): row is GoneRow => row.key.startsWith('gone/')
const isMe = (row: AgentRow): row is MeRow => row.key === 'me'

const rows = computed(() => [...(agent.value?.value.value.values() ?? [])])
export const me = computed(() => rows.value.find(isMe) ?? null)
export const items = computed(() => rows.value.filter(isItem).sort((a, b) => a.since - b.since))
/** Laid aside from here, what comes back first on top. */
export const laid = computed(() => rows.value.filter(isLaid).sort((a, b) => a.until - b.until))
/** What rang here, or was to be taken from a list, and somebody else was faster: told for some seconds. */
export const gone = computed(() => rows.value.filter(isGone).sort((a, b) => a.at - b.at))
/** Conversations in which a note names us, the newest first. */
export const mentions = computed(() => rows.value.filter(isMention).sort((a, b) => b.at - a.at))
/** What was closed in our hands, the newest first. */
export const closed = computed(() => rows.value.filter(isDone).sort((a, b) => b.at - a.at))
export const offers = computed(() => items.value.filter((item) => item.state === 'ringing'))
export const inHand = computed(() => items.value.filter((item) => item.state !== 'ringing'))
/** How many conversations in hand, besides the one on the screen, hold words of the customer that were not read. */
export const unreadTalks = computed(
  () => inHand.value.filter(({ conversation }) => conversation !== opened.value && unreadIn(conversation) > 0).length,
)
export const staffId = computed(() => account.value?.staff.id ?? '')
export const isSupervisor = computed(
  () => scopeOf(account.value?.staff.role ?? 'agent', 'conversation.assign') !== 'none',
)

/** Whose contacts are on the screen: an agent's own queues; for a supervisor all that may be looked at. */
export const shownQueues = computed<readonly Named[]>(() => {
  const staff = account.value?.staff
  if (staff !== undefined && isSupervisor.value) {
    const isOpen = ({ team }: Named) => may(staff, 'queue.connect', { staff: [], teams: [teamOf(team)] })
    return allQueues.value.filter(isOpen).slice(0, MOST)
  }
  return (me.value?.queues ?? []).map(({ queue, name }) => ({ id: queue, name })).slice(0, MOST)
})

const isUnanswered = ({ state, name }: Item) => state === 'waiting' && name !== 'history' && name !== 'draft'

/** What stands between the person and the actors: commands without an answer. */
export const keptCount = computed(() =>
  [agent.value?.items.value ?? [], ...[...talks.value.values()].map((talk) => talk.peer.items.value)]
    .flat()
    .reduce((sum, item) => sum + (isUnanswered(item) ? 1 : 0), 0),
)

const peers = computed(() => [
  ...(agent.value === null ? [] : [agent.value]),
  ...queuePeers.value.values(),
  ...[...talks.value.values()].map(({ peer }) => peer),
])
/** Events that the actors have and this page has not: while it catches up over a slow link. */
export const behind = computed(() => peers.value.reduce((sum, peer) => sum + peer.behind.value, 0))
/** Some line is open and does not answer as it should. */
export const isSlow = computed(() => peers.value.some((peer) => peer.slow.value))

/** The link that the badge speaks of: the own agent's, or the first queue's for somebody who is no agent. */
export const mainLink = computed(() => {
  const own = agent.value?.link.value ?? 'connecting'
  if (own !== 'stopped') return own
  const [first] = queuePeers.value.values()
  return first?.link.value ?? own
})

/** Starts and ends everything with the account. */
export function run(): void {
  effect(() => {
    const who = account.value
    return who ? untracked(() => work(who)) : undefined
  })
}

function work(who: Session): () => void {
  // Analysts and engineers have nothing to do with conversations.
  if (scopeOf(who.staff.role, 'agent.connect') === 'none') return () => {}
  agent.value = new Peer({
    around,
    path: `agent/${who.staff.id}`,
    ticket: ticketsFor('agent', who.staff.id),
    folder: boardOf(AgentRow),
  })
  void loadNames()
  left.value = keptScopes(storage, `s.${who.staff.id}.`)
  const hoped = new Set<string>()
  const stops = [
    around.clock.after(LOOK_FOR, () => {
      left.value = []
    }),
    effect(() =>
      reconcile(
        queuePeers,
        shownQueues.value.map(({ id }) => id),
        openQueue,
      ),
    ),
    effect(() => reconcile(talks, wantedTalks.value, openTalk)),
    effect(() => {
      if (opened.value !== null) untracked(() => void freshDesk())
    }),
    effect(() => tellFailures(hoped)),
  ]
  return () => {
    for (const stop of stops) stop()
    batch(() => {
      agent.peek()?.end()
      agent.value = null
      reconcile(queuePeers, [], openQueue)
      reconcile(talks, [], openTalk)
      allQueues.value = agents.value = []
    })
  }
}

/** What queues and agents are called, and what is configured for the work. */
export async function loadNames(): Promise<void> {
  allQueues.value = (await namesAt('/api/v1/queues')) ?? allQueues.peek()
  agents.value = (await namesAt('/api/v1/agents')) ?? agents.peek()
  await loadDesk()
}

/** Every name there is, page by page, in the order in which people look for them; undefined when they could not be had. */
async function namesAt(path: string): Promise<readonly Named[] | undefined> {
  const names: Named[] = []
  const pageAfter = (last: string) => call('GET', `${path}${last === '' ? '' : `?cursor=${last}`}`, NameList)
  for (let last: string | null = ''; last !== null; ) {
    const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(last)
    if (!page.ok) return undefined
    names.push(...(page.value?.items ?? []))
    last = page.value?.next ?? null
  }
  return names.sort((a, b) => a.name.localeCompare(b.name))
}

/** Conversations for which words were written before this page, or by somebody whose session had ended. */
const left = signal<readonly string[]>([])

/** What is on the screen first, then what is in hand, the newest first; and whatever still has to hear something from us. */
const wantedTalks = computed(() => {
  const own = inHand.value.map((item) => item.conversation).reverse()
  const shown = [...new Set(opened.value === null ? own : [opened.value, ...own])].slice(0, MOST)
  const unheard = [...talks.value].filter(([, talk]) => isUnheard(talk)).map(([id]) => id)
  return [...new Set([...shown, ...unheard, ...left.value])]
})

const isUnheard = ({ peer, uploads }: StaffTalk) =>
  peer.link.value !== 'stopped' && (uploads.isUnsettled.value || peer.items.value.some(isUnanswered))

/** Says so when words fail that are not on the screen. */
function tellFailures(hoped: Set<string>): void {
  for (const [conversation, talk] of talks.value) {
    // No words: there is nothing to show but that it failed, and this once.
    for (const { id, keep, state, refusal } of talk.peer.items.value)
      if (keep && state === 'failed' && refusal !== null) {
        trouble.value = `${talk.view.peek()?.customer.name ?? ''} · ${faultText(refusal)}`
        untracked(() => talk.peer.remove(id))
      }
    for (const { id, state, refusal } of talk.pending.value) {
      if (state === 'waiting') hoped.add(id)
      else if (hoped.delete(id) && state === 'failed' && refusal !== null && conversation !== opened.peek())
        trouble.value = `${talk.view.peek()?.customer.name ?? ''} · ${faultText(refusal)}`
    }
  }
}

/** Opens what is wanted and missing, ends what is there and no longer wanted. */
function reconcile<T extends { end(): void }>(
  map: Signal<ReadonlyMap<string, T>>,
  wanted: readonly string[],
  open: (id: string) => T,
): void {
  untracked(() => {
    const before = map.value
    if (before.size === wanted.length && wanted.every((id) => before.has(id))) return
    const after = new Map(wanted.map((id) => [id, before.get(id) ?? open(id)]))
    for (const [id, gone] of before) if (!after.has(id)) gone.end()
    map.value = after
  })
}

export function openQueue(id: string): QueuePeer {
  return new Peer({ around, path: `queue/${id}`, ticket: ticketsFor('queue', id), folder: boardOf(WaitingRow) })
}

export function openTalk(conversation: string): StaffTalk {
  const scope = `s.${staffId.value}.${conversation}`
  return new StaffTalk({
    around,
    conversation,
    ticket: ticketsFor('conversation', conversation),
    kept: keptHere(scope),
    files: filesHere(scope, () => import('../ui/file-code.ts')),
    asks: (item) => isStale(item, around.clock.now()),
  })
}

/** Words of the customer that the owner has not read yet. */
export function unreadIn(conversation: string): number {
  const talk = talks.value.get(conversation)
  // Without a link to the conversation the own agent's row says it.
  if (talk === undefined) return items.value.find((item) => item.conversation === conversation)?.unread ?? 0
  const read = talk?.view.value?.marks.staff.read ?? 0
  const unread = talk?.entries.value.filter((entry) => entry.from.role === 'customer' && (entry.pub ?? 0) > read)
  return unread?.length ?? 0
}

/** Who waits in a queue, the next one first, in the queue's own order. */
export const waitingIn = (queue: string): WaitingRow[] => inOrder(queuePeers.value.get(queue))
export const inOrder = (peer: QueuePeer | null | undefined): WaitingRow[] =>
  [...(peer?.value.value.values() ?? [])].sort(byShownOrder)

/** Who is writing in a conversation, as a name; null for nobody but ourselves. */
export function writerOf(talk: StaffTalk): string | null {
  const writer = talk.typing.value
  const view = talk.view.value
  if (writer === null) return null
  if (writer.role === 'customer') return view?.customer.name ?? ''
  return view?.owner?.agent === staffId.value ? null : writer.name
}

export const queueName = (id: string): string => allQueues.value.find((queue) => queue.id === id)?.name ?? id
/** By the list of agents, which only supervisors get; else `known`, else the id. */
export const agentName = (id: string, known = id): string =>
  id === staffId.value
    ? (account.value?.staff.name ?? known)
    : (agents.value.find((one) => one.id === id)?.name ?? known)

/** Waits for an answer and says so when it is a refusal. */
export async function tellIfRefused(outcome: Promise<Outcome> | undefined): Promise<boolean> {
  const answer = await outcome
  if (answer?.ok === false) trouble.value = faultText(answer.error)
  return answer?.ok ?? false
}

export const commandAgent = (name: string, body: unknown): Promise<boolean> =>
  tellIfRefused(agent.value?.command(name, body))
