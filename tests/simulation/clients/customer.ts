/** A simulated customer: writes in by chat through a widget, or calls; writes on, leaves, comes back. */
import { pinChat, read } from '../../../core/book/model.ts'
import { type ActorName, address, asId, type ConversationId, type CustomerId } from '../../../core/ids.ts'
import type { Pinned } from '../../../core/protocol/book-messages.ts'
import type { Medium } from '../../../core/protocol/media.ts'
import type { CustomerPrincipal } from '../../../core/protocol/principal.ts'
import { openThread } from '../../../core/thread/model.ts'
import { bookName, type City, org, threadName } from '../world/city.ts'
import type { Stage } from './stage.ts'
import { type Command, customerTalk, Link } from './wire.ts'

/** How long until a customer whose entrance did not open tries again, in ms. */
const AGAIN = 1_000

export class Customer {
  readonly id: string
  readonly medium: Medium
  readonly conversations: ConversationId[] = []
  readonly #stage: Stage
  readonly #city: City
  readonly #plan: string
  readonly #devices: number
  #links: Link[] = []
  #entering = false
  /** What could not be said yet. */
  #unsaid: Command[] = []

  constructor(stage: Stage, city: City, id: string, medium: Medium, plan: string, devices: number) {
    this.#stage = stage
    this.#city = city
    this.id = id
    this.medium = medium
    this.#plan = plan
    this.#devices = devices
  }

  get current(): ConversationId | undefined {
    return this.conversations.at(-1)
  }

  post(): void {
    // A page that is loaded anew asks at the entrance first.
    if (this.current !== undefined && this.medium === 'chat' && this.#stage.random.chance(0.25)) this.#enter()
    this.#say({ id: this.#stage.newId(), name: 'post', body: { text: `${this.id} says ${this.#words()}` } })
  }

  /** Sometimes what a menu understands. */
  #words(): string {
    const text = this.#stage.newText()
    const answers = this.#stage.random.fork(text)
    return answers.chance(0.3) ? `${answers.pick(['one', 'two', 'goodbye', 'agent'])}, ${text}` : text
  }

  /** Instead of waiting on, where the plan offers it; else a word like any. */
  leaveMessage(): void {
    const text = `${this.id} says ${this.#stage.newText()}`
    const body = { text, name: this.id, email: `${this.id}@example.org` }
    if (this.current !== undefined) this.#say({ id: this.#stage.newId(), name: 'leave-message', body })
  }

  rate(): void {
    const { random } = this.#stage
    if (this.current !== undefined)
      this.#say({ id: this.#stage.newId(), name: 'rate', body: { rating: random.int(1, 5), comment: '' } })
  }

  leave(): void {
    if (this.current !== undefined) this.#say({ id: this.#stage.newId(), name: 'leave', body: {} })
  }

  mark(): void {
    const { random } = this.#stage
    for (const link of this.#links) link.frame({ t: 'mark', delivered: random.int(0, 20), read: random.int(0, 9) })
  }

  /** The network of all devices is away for so long. */
  lose(vanishFor: number | null, away: number): void {
    const links = this.#links
    for (const link of links) link.leave(vanishFor)
    this.#stage.after(away, () => {
      for (const link of links) {
        if (!this.#links.includes(link)) continue
        if (this.#stage.random.chance(0.3)) link.reload()
        link.open()
      }
    })
  }

  #say(command: Command): void {
    const by = this.#principal()
    const link = this.#links[0]
    if (by === null) {
      this.#unsaid.push(command)
      return this.#enter()
    }
    if (link === undefined) {
      return this.#stage.rpc(this.#name(by.conversation), by, command, ({ ok, code }) => {
        if (!ok) this.#refused(command, code)
      })
    }
    link.command(command)
  }

  #refused(command: Command, code: string | undefined): void {
    if (code === 'not_ready') return this.#stage.after(AGAIN, () => this.#say(command))
    if (code !== 'closed' || command.name !== 'post' || this.medium !== 'chat') return
    // For good: the words go to the next conversation, as soon as the thread knows that there must be one.
    this.#stage.after(AGAIN, () => {
      this.#unsaid.push(command)
      this.#enter()
    })
  }

  #principal(): CustomerPrincipal | null {
    const conversation = this.current
    return conversation === undefined || this.#entering
      ? null
      : { kind: 'customer', org, customer: this.id, conversation }
  }

  #enter(): void {
    if (this.#entering) return
    this.#entering = true
    this.#try()
  }

  #try(): void {
    this.#stage.after(this.#stage.world.hop(), () => {
      const conversation = this.#opened()
      if (conversation === null || this.#stage.random.chance(this.#stage.world.weather.drop)) {
        return this.#stage.after(AGAIN, () => this.#try())
      }
      this.#entering = false
      if (conversation !== this.current) this.#move(conversation)
      const unsaid = this.#unsaid
      this.#unsaid = []
      for (const command of unsaid) this.#say(command)
    })
  }

  /** The entrance: Book says what is pinned, the thread which conversation it is. */
  #opened(): ConversationId | null {
    const pinned = this.#pinned()
    if (pinned === null) return null
    const name = threadName(this.id)
    this.#stage.world.home(name)
    const home = this.#city.threads.get(name)
    const grade = this.id.charCodeAt(this.id.length - 1) % 3
    const customer = { id: asId<CustomerId>(this.id), name: this.id, verified: false, grade }
    const opened = home?.enter((actor) =>
      actor.decide((state, turn) => {
        if (this.medium === 'chat') return openThread(state, turn, { customer, pinned, channel: 'chat' })
        // A call's thread is its call, a mail's its mail: each starts a conversation of its own.
        const conversation = this.current ?? asId<ConversationId>(turn.newId())
        const more = { thread: name, channel: this.medium, medium: this.medium, customer, pinned }
        turn.send(this.#name(conversation), { type: 'start', org, ...more })
        return conversation
      }),
    )
    return opened?.ok === true ? opened.value : null
  }

  #pinned(): Pinned | null {
    this.#stage.world.home(bookName)
    const published = this.#city.book?.enter((actor) => read(actor.state))
    if (published?.ok !== true || !published.value.ok) return null
    const { version, config } = published.value.value
    return pinChat({ version, config: { ...config, entrances: { ...config.entrances, chat: this.#plan } } })
  }

  #move(conversation: ConversationId): void {
    this.conversations.push(conversation)
    for (const [i, link] of this.#links.entries()) this.#leaveBehind(link, i)
    // A caller has no socket: the carrier's adapter speaks for it, as the gateway for who writes.
    const devices = this.medium === 'chat' ? this.#devices : 0
    this.#links = Array.from({ length: devices }, (_, i) => this.#open(conversation, `widget-${this.id}-${i}`))
  }

  /** The old talk is over; a second device may not have heard of it, and writes on there. */
  #leaveBehind(link: Link, device: number): void {
    if (device === 0) return link.leave(null)
    const { random } = this.#stage
    const text = `${this.id} says ${this.#stage.newText()}`
    this.#stage.after(random.between(0, 6_000), () =>
      link.command({ id: this.#stage.newId(), name: 'post', body: { text } }),
    )
    this.#stage.after(10_000, () => link.leave(null))
  }

  #open(conversation: ConversationId, client: string): Link {
    const by = { kind: 'customer', org, customer: this.id, conversation } as const
    const to = { actor: this.#name(conversation), principal: by, shapes: customerTalk }
    const link = new Link(this.#stage.world, to, client, {
      answered: (command, heard) => {
        if (heard.ok) this.#stage.promised(link.actor, by, command, heard.value)
        else if (conversation === this.current) this.#refused(command, heard.code)
        if (heard.ok && this.#stage.random.chance(0.08)) this.#stage.after(700, () => link.command(command))
      },
    })
    this.#stage.links.push(link)
    link.open()
    return link
  }

  #name(conversation: string): ActorName {
    return address(org, 'conversation', asId<ConversationId>(conversation))
  }
}
