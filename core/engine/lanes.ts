/**
 * The two lanes out of an actor: messages to other actors, and the feeds to the record. What is ready leaves after a commit,
 * to each receiver at most one packet at a time.
 */
import type { ActorName, Address } from '../ids.ts'
import type { StuckReport } from '../protocol/actors.ts'
import type { Act } from '../protocol/administration.ts'
import type { Message } from '../protocol/messages.ts'
import { Acts } from './acts.ts'
import { earliest } from './deadlines.ts'
import { Feed, PARK_AFTER, type Source } from './feed.ts'
import { Outbox } from './mail.ts'
import type { Parts } from './parts.ts'
import type { Link } from './ports.ts'
import { Trouble } from './trouble.ts'

/** What the lanes need of their actor. */
interface Home {
  readonly name: ActorName
  readonly address: Address
  readonly link: Link
  /** When the storage began, in ms. */
  readonly born: number
  /** What the model tells the record. */
  readonly source: Source | undefined
  now(): number
  /** The version of the configuration that is known here; 0: none. */
  config(): number
  /** A turn that notes how a try went; its throw is the boundary's. */
  note(how: (now: number) => void): void
}

export class Lanes {
  readonly #home: Home
  readonly #outbox: Outbox
  readonly #feed: Feed | null
  readonly #trouble: Trouble
  readonly #acts: Acts
  /** All ways to the record. */
  readonly #feeds: readonly Feed[]
  readonly #flights = new Map<ActorName, Promise<void>>()

  constructor(parts: Parts, home: Home) {
    this.#home = home
    this.#outbox = new Outbox(parts, home.born)
    this.#feed = home.source === undefined ? null : new Feed(parts, 'engine:projection', home.source, PARK_AFTER)
    this.#trouble = new Trouble(parts, home.address, () => this.stuck())
    const reports = new Feed(parts, 'engine:reports', this.#trouble.source)
    this.#acts = new Acts(parts, home.address.org)
    this.#feeds = [...(this.#feed === null ? [] : [this.#feed]), reports, this.#acts.feed]
  }

  /** Part of a turn. */
  post(to: ActorName, message: Message, now: number): void {
    this.#outbox.post(to, message, now)
  }

  /** Part of a turn. */
  audit(act: Act): void {
    this.#acts.add(act)
  }

  /** Forgets what has arrived, and notes what is stuck. Part of each turn. */
  tidy(now: number): void {
    this.#outbox.tidy(now)
    this.#trouble.note(now)
  }

  /** Whose clock has run out is tried again, what was told long enough ago is sure. Part of a turn. */
  retry(now: number): void {
    this.#outbox.retry(now)
    for (const feed of this.#feeds) feed.settle(now)
  }

  /** Part of a turn. */
  sweep(now: number): void {
    this.#outbox.sweep(now)
  }

  /** When the alarm is needed, in ms: for a retry, for a look at what was told or should have been. Null: for nothing. */
  earliest(now: number): number | null {
    return earliest([this.#outbox.earliest(), ...this.#feeds.map((feed) => feed.lookAt(now))])
  }

  /** When news will have been collected for long enough, in ms. Null: there are none. */
  get newsDue(): number | null {
    return earliest(this.#feeds.map((feed) => feed.newsDue))
  }

  /** Sends what is ready. */
  flush(): void {
    for (const to of this.#outbox.ready()) this.#fly(to)
    for (const feed of this.#feeds) this.#tell(feed)
  }

  /** Resolves when what is on its way to `to` has arrived, or has failed to for now. */
  async delivered(to: ActorName): Promise<void> {
    await this.#flights.get(to)
  }

  /** What could not be delivered. The record hears of it: see {@link Trouble}. */
  stuck(): StuckReport {
    const parked = this.#feed?.parked ?? null
    return { actor: this.#home.name, peers: this.#outbox.stuck(), parked: parked === null ? [] : [parked] }
  }

  /** All that waits, stuck or parked or not, is tried with the next {@link retry}; how it stands is reported. Part of a turn. */
  hurry(now: number): void {
    this.#outbox.hurry(now)
    if (this.#feed !== null && this.#feed.parked !== null) this.#feed.replay(now)
    this.#trouble.again()
  }

  /** Whether the model ever had anything to tell. */
  get hasTold(): boolean {
    return this.#feed !== null && !this.#feed.isBlank
  }

  /** Tells the record everything again, from the beginning. Part of a turn. */
  retell(): void {
    this.#feed?.rewind()
  }

  #fly(to: ActorName): void {
    const { name, link, config } = this.#home
    const flight = link.toActor(to, this.#outbox.pack(name, to, config())).then(
      (cursor) => {
        this.#outbox.acknowledged(to, cursor)
        this.flush()
      },
      (error: unknown) => this.#outbox.failed(to, String(error)),
    )
    this.#flights.set(to, flight)
    void flight.then(() => {
      if (this.#flights.get(to) === flight) this.#flights.delete(to)
    })
  }

  /** Hands the world lane a feed's news, once they are due. */
  #tell(feed: Feed): void {
    const { link, now, note } = this.#home
    const news = feed.take(now())
    if (news === null) return
    link.toWorld(news.items).then(
      () => note((at) => feed.sent(news, at)),
      (error: unknown) => note((at) => feed.failed(String(error), at)),
    )
  }
}
