/** What a queue's decisions cost with few and with many who wait: the real model, without storage and network. */
import type { Turn } from '../../core/engine/model.ts'
import { Parts } from '../../core/engine/parts.ts'
import { type Address, type AgentId, asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { QueueConfig, Timings } from '../../core/protocol/config.ts'
import type { Message, Picture, WaitEntry } from '../../core/protocol/messages.ts'
import { type QueueState, queueModel } from '../../core/queue/model.ts'
import { percentile } from '../stats.ts'

const org = asId<OrgId>('acme')
const self: Address = { org, kind: 'queue', id: 'sales' }
/** So many different needs, and each agent meets one in so many of them. */
const NEEDS = 6

export interface Speed {
  readonly waiting: number
  readonly agents: number
  /** In µs: the median, and the 99th percentile. */
  readonly median: number
  readonly p99: number
}

/**
 * With `waiting` contacts and all of `agents` busy: an agent asks and is bid the first contact that it can serve; the contact
 * leaves, and another comes. One decision is these three turns.
 */
export function takingFrom(waiting: number, agents: number, decisions: number): Speed {
  const queue = new Queue()
  for (let i = 0; i < agents; i += 1) queue.asks(i, [])
  for (let i = 0; i < waiting; i += 1) queue.waits(i)
  return measured(waiting, agents, decisions, (i) => {
    const taken = queue.asks(i % agents, ['chat'])
    if (taken === undefined) throw new Error('there was nothing to bid')
    queue.leaves(taken)
    // Of the same kind as the one that left, so that there is always something of each.
    queue.waits((waiting + i) * NEEDS + (Number(taken.slice(1)) % NEEDS))
    return () => queue.asks(i % agents, [])
  })
}

/** With `agents` idle and nobody waiting: a contact comes, is bid to the best of them, and leaves. Two turns. */
export function comingTo(agents: number, decisions: number): Speed {
  const queue = new Queue()
  for (let i = 0; i < agents; i += 1) queue.asks(i, ['chat'])
  return measured(0, agents, decisions, (i) => {
    if (queue.waits(i) === undefined) throw new Error('nobody was bid it')
    queue.leaves(asId<ConversationId>(`c${i}`))
    return () => {}
  })
}

export interface Resort {
  readonly waiting: number
  /** The whole, and the longest of its slices, in ms of processor time: what else runs here must not count. */
  readonly total: number
  readonly longest: number
}

/** Another order of the contacts is published: how long the queue is busy with it, all in all and at a stretch. */
export function resort(waiting: number): Resort {
  const queue = new Queue()
  for (let i = 0; i < waiting; i += 1) queue.waits(i)
  const slices: number[] = []
  const timed = (work: () => void) => {
    const begun = process.cpuUsage()
    work()
    slices.push(process.cpuUsage(begun).user / 1_000)
  }
  timed(() => queue.configure({ by: 'list', list: [{ by: 'grade', direction: 'desc' }] }))
  while (queue.deadlines.has('reorder')) timed(() => queue.due('reorder'))
  return { waiting, total: slices.reduce((sum, each) => sum + each, 0), longest: Math.max(...slices) }
}

/** `decide` is timed, what it returns is not: it brings back the state before. */
function measured(waiting: number, agents: number, decisions: number, decide: (i: number) => () => void): Speed {
  const times: number[] = []
  const warm = Math.ceil(decisions / 10)
  for (let i = 0; i < warm + decisions; i += 1) {
    const begun = performance.now()
    const after = decide(i)
    if (i >= warm) times.push((performance.now() - begun) * 1_000)
    after()
  }
  return { waiting, agents, median: percentile(times, 0.5), p99: percentile(times, 0.99) }
}

/** The real model over rows that are kept in memory only. */
class Queue {
  readonly deadlines = new Map<string, number>()
  readonly #parts = new Parts({ exec: () => [], transaction: (work) => work(), write: () => {} })
  readonly #state: QueueState
  readonly #turn: Turn
  readonly #versions = new Map<string, number>()
  #published = 0
  #bids: ConversationId[] = []

  constructor() {
    this.#state = queueModel.open(this.#parts)
    this.#turn = {
      self,
      now: 1_000_000,
      newId: () => 'ID',
      seen: () => null,
      audit: () => {},
      letGo: () => {},
      deadline: (name, at) => {
        if (at === null) this.deadlines.delete(name)
        else this.deadlines.set(name, at)
      },
      send: (_to, message) => {
        if (message.type === 'bid' && message.candidate !== null) this.#bids.push(message.candidate.conversation)
      },
    }
    this.configure(undefined)
  }

  configure(contactOrder: QueueConfig['contactOrder']): void {
    this.#published += 1
    const plain = QueueConfig.parse({ name: 'Sales' })
    const config = contactOrder === undefined ? plain : { ...plain, contactOrder }
    this.#hear({ type: 'queue-config', version: this.#published, config, timings: Timings.parse({}) })
  }

  /** The contact that an agent is bid for its question. */
  asks(i: number, free: Picture['free']): ConversationId | undefined {
    const agent = asId<AgentId>(`a${i}`)
    const v = (this.#versions.get(agent) ?? 0) + 1
    this.#versions.set(agent, v)
    const skills = { [`s${i % NEEDS}`]: 3, [`s${(i + 1) % NEEDS}`]: 2 }
    const picture = { free, items: {}, level: 1, skills, idleSince: v }
    return this.#hear({ type: 'avail', agent, v, picture })
  }

  /** A contact comes; what was bid for it. */
  waits(i: number): ConversationId | undefined {
    const need = { level: 1, skills: { [`s${i % NEEDS}`]: 1 } }
    const entry: WaitEntry = {
      ...{ need, medium: 'chat', since: i, priority: i % 3, avoid: [], customer: 'x', grade: (i * 7) % 5 },
    }
    return this.#hear({ type: 'wait', conversation: asId<ConversationId>(`c${i}`), cv: 1, stay: 1, entry })
  }

  leaves(conversation: ConversationId): void {
    this.#hear({ type: 'wait', conversation, cv: 2, stay: 1 })
  }

  due(name: string): void {
    this.deadlines.delete(name)
    this.#run(() => queueModel.due(this.#state, this.#turn, name))
  }

  #hear(message: Message): ConversationId | undefined {
    this.#bids = []
    const from = { org, kind: 'book', id: 'book' } as const
    this.#run(() => queueModel.receive(this.#state, this.#turn, from, message))
    return this.#bids[0]
  }

  #run(work: () => void): void {
    work()
    queueModel.settle(this.#state, this.#turn)
    this.#parts.settled()
  }
}
