/** Keeps what the agent owns for the time without a network, shows it while nobody else can, and wipes it in time. */
import { batch, computed, effect, signal, untracked } from '@preact/signals'
import { OfflineGrant, Session } from '../../../core/protocol/api.ts'
import { scopeOf } from '../../../core/protocol/permissions.ts'
import { retryDelay } from '../../net/backoff.ts'
import { account, load } from '../account.ts'
import { call } from '../api.ts'
import { around } from '../around.ts'
import { desk } from '../desk.ts'
import { agent, agents, allQueues, inHand, loadNames, mainLink, type StaffTalk, talks } from '../work.ts'
import { importKey } from './seal.ts'
import { KeptBoard, KeptNames, KeptTalk, TALKS, talkName } from './shapes.ts'
import { dropShell, useShell } from './shell.ts'
import { OfflineStore } from './store.ts'

/** What is written in one go is kept in one go, in ms. */
const GATHER = 300
/** So many of each conversation are kept. */
const MOST_ENTRIES = 200
const TOUCH_EVERY = 60_000
/** How soon it is noticed that the organisation wants nothing kept any more, in ms. */
const ASK_EVERY = 10 * 60_000

const store = new OfflineStore(around.clock.now)

/** When the server was heard last, while nobody can be reached (ms); null while somebody can. */
export const lastHeard = computed(() => (isHeard.value ? null : heardAt.value))
const heardAt = signal<number | null>(null)
const isHeard = computed(() => mainLink.value === 'live' || mainLink.value === 'polling')

const whoOf = ({ organisation, staff }: Session) =>
  [organisation.id, staff.id, staff.role, staff.team ?? ''].map(encodeURIComponent).join('/')

/** Who was signed in when the server was heard last, if that may still be shown. */
export async function recall(): Promise<Session | null> {
  const who = await store.open(null)
  const session = who === null ? null : await store.read('session', Session)
  return session !== null && whoOf(session) === who ? session : null
}

/** The account is over, here or on the server: nothing of it stays. */
export const wipe = (): Promise<void> => store.wipe()

/** Without the server for too long: nothing is shown any more before it has said who this is. */
async function tooLong(): Promise<void> {
  await wipe()
  account.value = undefined
  await load()
}

/** Keeps and wipes with the account, from now on. */
export function keepOffline(): void {
  effect(() => {
    const who = account.value
    if (who === undefined) return undefined
    return untracked(() => (who === null ? void wipe() : keepFor(who)))
  })
}

function keepFor(who: Session): (() => void) | undefined {
  if (scopeOf(who.staff.role, 'agent.connect') === 'none' || who.mustEnrol === true) return undefined
  const keeping = new Keeping(who)
  return () => keeping.end()
}

/** As long as one account is signed in. */
class Keeping {
  readonly #who: Session
  readonly #stop = new AbortController()
  readonly #fetched = new WeakSet<StaffTalk>()
  /** What is to be kept next, by name. */
  readonly #due = new Map<string, () => Promise<void>>()
  /** Raised when all has to be kept anew. */
  readonly #round = signal(0)
  readonly #begun = new WeakSet<StaffTalk>()
  /** Shown as they were kept: their actors have not spoken yet. */
  readonly #shown = new Set<StaffTalk>()
  /** What each record was made from last. */
  readonly #sources = new Map<string, readonly unknown[]>()
  readonly #stops: (() => void)[]
  readonly #opened: Promise<boolean>
  #touched = 0
  #asked = 0

  constructor(who: Session) {
    this.#who = who
    // Another person's, or another role's, is never shown; it goes when the server has answered.
    this.#opened = store.open(whoOf(who)).then((kept) => kept === whoOf(who))
    void this.#beginNames()
    this.#stops = [
      effect(() => this.#beginBoard()),
      effect(() => this.#beginTalks()),
      effect(() => this.#forgetTalks()),
      effect(() => this.#keepBoard()),
      effect(() => this.#keepNames()),
      effect(() => this.#keepTalks()),
      effect(() => {
        if (isHeard.value) untracked(() => this.#onHeard())
      }),
      around.beat(() => this.#onBeat()),
    ]
    void this.#ask()
  }

  end(): void {
    this.#stop.abort()
    for (const stop of this.#stops) stop()
    this.#due.clear()
  }

  get #ended(): boolean {
    return this.#stop.signal.aborted
  }

  /** Asks for the key until there is an answer. */
  async #ask(): Promise<void> {
    this.#asked = around.clock.now()
    for (let attempt = 0; !this.#ended; attempt++) {
      const answer = await call('GET', '/api/v1/session/offline', OfflineGrant)
      if (this.#ended) return
      if (answer.ok && answer.value !== null) return this.#onGrant(answer.value)
      const status = answer.ok ? 0 : answer.status
      if (status === 401) account.value = null
      if (status === 401 || status === 403) return
      await new Promise<void>((resolve) => around.clock.after(retryDelay(attempt, 0, around.clock.random), resolve))
    }
  }

  async #onGrant(grant: OfflineGrant): Promise<void> {
    if (!grant.on) {
      this.#due.clear()
      await Promise.all([store.wipe(), dropShell()])
      return
    }
    // Somebody else has signed in at another tab; a browser without WebCrypto, on plain http, keeps nothing.
    if (grant.staff !== this.#who.staff.id || globalThis.crypto?.subtle === undefined) return
    const key = await importKey(grant.key)
    await this.#opened
    if (this.#ended) return
    if (await store.hold(whoOf(this.#who), grant.session, key)) this.#round.value++
    heardAt.value = store.contact
    void useShell()
  }

  #onHeard(): void {
    this.#touch()
    if (around.clock.now() - this.#asked >= ASK_EVERY) void this.#ask()
    // They could not be had when the page began.
    if (allQueues.peek().length === 0) void loadNames()
  }

  #touch(): void {
    this.#touched = around.clock.now()
    void store.touch()
    heardAt.value = store.contact
  }

  #onBeat(): void {
    const now = around.clock.now()
    const since = now - this.#touched
    // A clock that was set back says nothing about a server that is there.
    if (since < 0 && isHeard.peek()) this.#touch()
    this.#asked = Math.min(this.#asked, now)
    if (store.isOver) void tooLong()
    else if (!isHeard.peek() || since < TOUCH_EVERY) return
    // After a sleep a link may seem to be up that is not: only an answer tells.
    else if (since >= 2 * TOUCH_EVERY || now - this.#asked >= ASK_EVERY) {
      this.#touched = now
      void this.#ask()
    } else this.#touch()
  }

  /** Rows that only hold for a moment are not shown; the actor's own picture replaces all of them. */
  #beginBoard(): void {
    const peer = agent.value
    if (peer === null) return
    void this.#read('board', KeptBoard).then((rows) => {
      const lasting = rows?.filter(
        (row) => !('state' in row && row.state === 'ringing') && !row.key.startsWith('gone/'),
      )
      if (lasting) peer.begin(new Map(lasting.map((row) => [row.key, row])), null)
    })
  }

  async #beginNames(): Promise<void> {
    const names = await this.#read('names', KeptNames)
    if (names === null || allQueues.peek().length > 0) return
    batch(() => {
      desk.value = names.desk
      allQueues.value = names.queues
      agents.value = names.agents
    })
  }

  #beginTalks(): void {
    for (const [conversation, talk] of talks.value) {
      if (this.#begun.has(talk)) continue
      this.#begun.add(talk)
      void this.#read(talkName(conversation), KeptTalk).then((kept) => {
        if (kept === null || talk.peer.position !== null) return
        talk.begin(kept.entries, kept.view, kept.position)
        this.#shown.add(talk)
      })
    }
  }

  /** Who may not read a conversation any more does not go on reading what was kept. */
  #forgetTalks(): void {
    for (const talk of talks.value.values()) {
      const link = talk.peer.link.value
      if (link === 'stopped' && this.#shown.has(talk)) untracked(() => talk.forget())
      if (link === 'stopped' || link === 'live' || link === 'polling') this.#shown.delete(talk)
    }
  }

  async #read<T>(name: string, schema: Parameters<typeof store.read<T>>[1]): Promise<T | null> {
    if (!(await this.#opened) || this.#ended) return null
    const found = await store.read(name, schema)
    return this.#ended ? null : found
  }

  #keepBoard(): void {
    const rows = agent.value?.value.value
    const round = this.#round.value
    // What was only kept is no news.
    if (rows === undefined || agent.value?.position == null) return
    this.#later('session', [round], () => store.keep('session', this.#who))
    this.#later('board', [rows, round], () => store.keep('board', [...rows.values()]))
    const owned = new Set(inHand.value.map(({ conversation }) => talkName(conversation)))
    this.#later(TALKS, [rows], () => store.retain(TALKS, owned))
  }

  #keepNames(): void {
    const names = { desk: desk.value, queues: allQueues.value, agents: agents.value }
    const source = [...Object.values(names), this.#round.value]
    if (names.queues.length > 0) this.#later('names', source, () => store.keep('names', names))
  }

  #keepTalks(): void {
    const round = this.#round.value
    for (const { conversation } of inHand.value) {
      const talk = talks.value.get(conversation)
      const view = talk?.view.value
      if (talk === undefined || view == null) continue
      const entries = talk.entries.value
      if (talk.peer.link.value === 'live' || talk.peer.link.value === 'polling') untracked(() => this.#fetch(talk))
      this.#later(talkName(conversation), [entries, view, round], async () => {
        const { position } = talk.peer
        if (position === null) return
        const newest = talk.entries.peek().filter(({ seq }) => seq > position.seq - MOST_ENTRIES)
        const kept: KeptTalk = { position, entries: newest, view }
        await store.keep(talkName(conversation), kept, position)
      })
    }
  }

  /** Asks once for those of the last entries that a snapshot leaves out. */
  #fetch(talk: StaffTalk): void {
    const [first] = talk.entries.peek()
    const head = talk.peer.position?.seq ?? 0
    if (first === undefined || this.#fetched.has(talk)) return
    this.#fetched.add(talk)
    const limit = Math.min(first.seq - 1, MOST_ENTRIES - 1 - (head - first.seq))
    if (limit > 0) void talk.load({ before: first.seq, limit })
  }

  /** Soon, and the newest only; what was made from the same `source` is there already. */
  #later(name: string, source: readonly unknown[], task: () => Promise<void>): void {
    const before = this.#sources.get(name)
    if (before !== undefined && source.every((part, at) => part === before[at])) return
    this.#sources.set(name, source)
    if (this.#due.size === 0) around.clock.after(GATHER, () => void this.#keepDue())
    this.#due.set(name, task)
  }

  async #keepDue(): Promise<void> {
    const tasks = [...this.#due.values()]
    this.#due.clear()
    for (const task of tasks) if (!this.#ended) await task()
  }
}
