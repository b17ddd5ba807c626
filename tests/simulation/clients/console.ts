/** A simulated agent at a console: takes what rings or does not, talks, hands over, closes; and sometimes vanishes. */

import { type ActorName, type AgentId, address, asId, type ConversationId } from '../../../core/ids.ts'
import { ItemRow, MeRow } from '../../../core/protocol/agent.ts'
import type { StaffPrincipal } from '../../../core/protocol/principal.ts'
import type { Random } from '../kit/random.ts'
import { org } from '../world/city.ts'
import { type Stage, staff } from './stage.ts'
import { agentBoard, type Command, type Heard, Link, type Shapes, staffTalk } from './wire.ts'

type Say = (delay: number, command: string, body: object) => void

export class Console {
  readonly agent: string
  readonly link: Link
  readonly #stage: Stage
  readonly #queues: readonly string[]
  readonly #colleagues: readonly string[]
  readonly #me: StaffPrincipal
  readonly #talks = new Map<string, Link>()
  readonly #handled = new Set<string>()
  /** The presence this person wants; told to the actor whenever it shows another. */
  #presence: 'available' | 'away' = 'available'
  #here = false
  #life = 0

  constructor(stage: Stage, agent: string, queues: readonly string[], colleagues: readonly string[]) {
    this.#colleagues = colleagues
    this.#stage = stage
    this.agent = agent
    this.#queues = queues
    this.#me = staff(agent, 'agent')
    this.link = this.#open(address(org, 'agent', asId<AgentId>(agent)), agentBoard)
  }

  get here(): boolean {
    return this.#here
  }

  signOn(): void {
    if (!this.#here && this.#life > 0 && this.#stage.random.chance(0.3)) this.link.reload()
    this.#here = true
    this.#life += 1
    this.link.open()
    this.setPresence('available')
  }

  setPresence(presence: 'available' | 'away'): void {
    this.#presence = presence
    if (this.#here) this.#command('presence', { presence })
  }

  setCapacity(medium: string, units: number): void {
    if (this.#here) this.#command('capacity', { medium, units })
  }

  /** Goes: politely, or without a word. */
  die(vanishFor: number | null): void {
    this.#here = false
    this.link.leave(vanishFor)
    for (const talk of this.#talks.values()) talk.leave(vanishFor)
  }

  /** One more tab of the same console, for a while. It only looks on, but its pings count. */
  secondTab(open: number): void {
    const { world } = this.#stage
    const to = { actor: this.link.actor, principal: this.#me, shapes: agentBoard }
    const tab = new Link(world, to, `second-${this.agent}`, {})
    this.#stage.links.push(tab)
    tab.open()
    this.#stage.after(open, () => tab.leave(null))
  }

  #open(actor: ActorName, shapes: Shapes): Link {
    const { world } = this.#stage
    const isAgent = shapes === agentBoard
    const link = new Link(world, { actor, principal: this.#me, shapes }, `console-${this.agent}`, {
      greeted: () => (isAgent ? this.#look() : undefined),
      event: () => (isAgent ? this.#look() : undefined),
      answered: (command, heard) => this.#answered(actor, command, heard),
    })
    this.#stage.links.push(link)
    return link
  }

  #answered(actor: ActorName, command: Command, heard: Heard): void {
    if (heard.ok) this.#stage.promised(actor, this.#me, command, heard.value)
    // The actor asks somebody first: a queue that it has not heard of.
    const talk = [...this.#talks.values()].find((link) => link.actor === actor)
    if (heard.code === 'not_ready') this.#soon(1_000, this.#life, () => talk?.command(command))
    // Says it again though it was answered: the answer must be the same.
    if (this.#stage.random.chance(0.08))
      this.#stage.after(500, () => this.#here && this.link.actor === actor && this.link.command(command))
  }

  #look(): void {
    const owned = new Set<string>()
    for (const [key, text] of this.link.replica.copy) {
      if (key === 'me') {
        this.#lookAtMe(MeRow.parse(JSON.parse(text)))
        continue
      }
      if (!key.startsWith('item/')) continue
      const row = ItemRow.parse(JSON.parse(text))
      if (row.state === 'owned') owned.add(row.conversation)
      const step = `${this.#life} ${row.conversation} ${row.lease} ${row.state}`
      if (this.#handled.has(step)) continue
      this.#handled.add(step)
      this.#act(row, this.#stage.random.fork(`${this.agent} ${step}`))
    }
    for (const [conversation, talk] of this.#talks) {
      if (owned.has(conversation)) continue
      talk.leave(null)
      talk.forget()
      this.#talks.delete(conversation)
    }
  }

  /** A person who was set to away by missed offers comes back after a while. */
  #lookAtMe(row: MeRow): void {
    if (!row.notResponding || this.#presence === 'away') return
    const life = this.#life
    this.#soon(3_000, life, () => {
      if (row.notResponding) this.setPresence('available')
    })
  }

  #act(row: ItemRow, random: Random): void {
    if (row.state === 'ringing') this.#rung(row, random)
    else if (row.state === 'owned') this.#talk(row, random)
    else if (row.more !== undefined && this.#stage.mood !== 'tidy' && random.fork('more').chance(0.5)) {
      this.#soon(random.between(100, 1_000), this.#life, () =>
        this.#command('extend', { conversation: row.conversation }),
      )
    } else if (random.chance(0.5) || this.#stage.mood === 'tidy') {
      this.#soon(random.between(100, 2_000), this.#life, () =>
        this.#command('finish', { conversation: row.conversation }),
      )
    }
  }

  #rung({ conversation, lease }: ItemRow, random: Random): void {
    const mind = this.#stage.mood === 'tidy' ? 0 : random.next()
    const said = random.fork('said').chance(0.5) ? { reason: 'Busy', word: 'In a moment' } : {}
    const wait = random.between(50, mind < 0.7 ? 2_500 : 4_000)
    if (mind < 0.7) this.#soon(wait, this.#life, () => this.#command('accept', { conversation, lease }))
    else if (mind < 0.85) this.#soon(wait, this.#life, () => this.#command('decline', { conversation, lease, ...said }))
  }

  #talk({ conversation, lease, since, consult }: ItemRow, random: Random): void {
    const name = address(org, 'conversation', asId<ConversationId>(conversation))
    const talk = this.#talks.get(conversation) ?? this.#open(name, staffTalk)
    this.#talks.set(conversation, talk)
    // Of some an agent sees only what its own actor tells.
    const looks = this.#stage.mood === 'tidy' || random.fork('looks').chance(0.8)
    if (looks) talk.open()
    const say = (delay: number, command: string, body: object) =>
      this.#soon(delay, this.#life, () => talk.command({ id: this.#stage.newId(), name: command, body }))
    const mark = (delay: number) =>
      this.#soon(delay, this.#life, () =>
        talk.frame({ t: 'mark', delivered: random.int(0, 20), read: random.int(0, 9) }),
      )
    if (consult !== undefined) return this.#advise(say, lease, random)
    if (this.#stage.mood === 'tidy') return say(500, 'close', { lease })
    this.#ask(say, lease, random.fork('asking'))
    this.#takeBack(name, random.fork('back'))
    if (!looks) this.#soon(random.between(1_000, 9_000), this.#life, () => talk.open())
    let at = 0
    for (let i = random.int(0, 3); i > 0; i--) {
      at += random.between(100, 3_000)
      say(at, 'post', { text: `agent ${this.agent} says ${this.#stage.newText()}`, lease })
      if (random.chance(0.3)) say(at + 100, 'note', { text: `note ${this.#stage.newText()}` })
      if (random.chance(0.5)) mark(at + 200)
      if (random.chance(0.2)) this.#soon(at, this.#life, () => talk.frame({ t: 'typing', on: true }))
    }
    at += random.between(500, 8_000)
    const end = random.next()
    const transfer = (warm: boolean) => say(at, 'transfer', { lease, queue: random.pick(this.#queues), warm })
    if (random.chance(0.3)) say(at, 'tag', { add: ['vip'] })
    const toColleague = (warm: boolean) =>
      say(at, 'transfer', { lease, agent: random.pick(this.#colleagues), warm, note: 'Please help' })
    if (end < 0.45) say(at, 'close', { lease })
    else if (end < 0.55) say(at, 'snooze', { lease, until: since + Math.ceil(at) + random.int(1_000, 20_000) })
    else if (end < 0.62) toColleague(random.chance(0.5))
    else if (end < 0.75) transfer(false)
    else if (end < 0.88) {
      transfer(true)
      if (random.chance(0.5)) say(at + 9_000, 'close', { lease })
    }
  }

  /** Sees along in private: a word to the owner, then leaves or waits for the end. */
  #advise(say: Say, lease: number, random: Random): void {
    if (this.#stage.mood === 'tidy') return say(500, 'end-consult', { lease })
    say(random.between(100, 2_000), 'note', { text: `note ${this.#stage.newText()}` })
    if (random.chance(0.4)) say(random.between(500, 6_000), 'end-consult', { lease })
  }

  /** What an owner does beside talking: asks in private, lets the customer wait. */
  #ask(say: Say, lease: number, random: Random): void {
    if (random.chance(0.4)) {
      const at = random.between(100, 4_000)
      const agent = random.pick(this.#colleagues)
      say(at, 'consult', random.chance(0.6) ? { lease, agent } : { lease, queue: random.pick(this.#queues) })
      if (random.chance(0.3)) say(at + random.between(200, 6_000), 'end-consult', { lease })
      if (random.chance(0.4))
        say(at + random.between(500, 5_000), 'transfer', { lease, agent, warm: random.chance(0.6) })
    }
    if (random.chance(0.3)) {
      const at = random.between(100, 3_000)
      say(at, 'hold', { lease })
      if (random.chance(0.6)) say(at + random.between(200, 3_000), 'resume', { lease })
    }
  }

  /** Now and then what was handed over is wanted back; refused when nobody has handed it over, or somebody has it. */
  #takeBack(actor: ActorName, random: Random): void {
    for (let i = random.int(0, 3); i > 0; i--)
      this.#soon(random.between(500, 14_000), this.#life, () =>
        this.#stage.rpc(actor, this.#me, { id: this.#stage.newId(), name: 'pull-back', body: {} }, () => {}),
      )
  }

  /** Later, if this person is still there and people act. */
  #soon(delay: number, life: number, work: () => void): void {
    this.#stage.after(delay, () => {
      if (this.#here && this.#life === life && this.#stage.mood !== 'idle') work()
    })
  }

  #command(name: string, body: object): void {
    const command = { id: this.#stage.newId(), name, body }
    if (this.#stage.random.chance(0.85)) return this.link.command(command)
    this.#stage.rpc(this.link.actor, this.#me, command, () => {})
  }
}
