/** Brings a script to life: makes its people, and lets them do what is written. */
import { publish } from '../../../core/book/model.ts'
import {
  type ActorName,
  type AgentId,
  address,
  asActorName,
  asId,
  type ConversationId,
  type QueueId,
} from '../../../core/ids.ts'
import { type ConfigInput, Timings } from '../../../core/protocol/config.ts'
import { ulidMs } from '../../../core/ulid.ts'
import { Console } from '../clients/console.ts'
import { Customer } from '../clients/customer.ts'
import { Onlooker } from '../clients/onlooker.ts'
import { Stage, staff } from '../clients/stage.ts'
import { agentBoard, type Command, Link, queueBoard, type Shapes } from '../clients/wire.ts'
import { Random } from '../kit/random.ts'
import { bookName, type City, org } from '../world/city.ts'
import type { Resident } from '../world/home.ts'
import type { World } from '../world/world.ts'
import { changed } from './config.ts'
import type { Act, Action, Script } from './script.ts'

/** A publisher who got no answer tries again after this, in ms. */
const AGAIN = 2_000
/** More than two clocks ever differ, in ms. */
const RESTORED_AFTER = 4_100

export class Director {
  readonly stage: Stage
  readonly consoles = new Map<string, Console>()
  readonly customers: Customer[]
  readonly onlooker: Onlooker
  readonly #world: World
  readonly #city: City
  readonly #script: Script
  #config: ConfigInput
  #published = 0
  #boss = staff('boss', 'supervisor')
  /** What was split off from a customer's conversation last. */
  readonly #split = new Map<string, string>()

  constructor(world: World, city: City, script: Script) {
    this.#world = world
    this.#city = city
    this.#script = script
    this.#config = script.config
    this.onlooker = new Onlooker(world, city, new Random(script.seed).fork('onlooker'))
    this.stage = new Stage(world, new Random(script.seed).fork('people'))
    for (const agent of script.cast.agents)
      this.consoles.set(agent, new Console(this.stage, agent, script.cast.queues, script.cast.agents))
    this.customers = script.people.map(
      ({ medium, plan, devices }, i) => new Customer(this.stage, city, `c${i + 1}`, medium, plan, devices),
    )
  }

  /** The lengths of the protocol's timers; no change of the configuration touches them. */
  get timings(): Timings {
    return Timings.parse(this.#script.config.timings ?? {})
  }

  /** The first configuration, before anything else. */
  begin(): void {
    this.#publish(this.#config)
  }

  play(act: Act): void {
    this.onlooker.play(act.until)
    this.stage.mood = 'busy'
    for (const action of act.actions) this.stage.after(action.at, () => this.#do(action))
    this.stage.after(act.until, () => {
      this.#world.trace.add(
        this.stage.now,
        act.tidy ? 'the load stops: people tidy up' : 'the load stops: nobody helps',
      )
      this.stage.mood = act.tidy ? 'tidy' : 'idle'
      if (act.tidy) for (const console of this.consoles.values()) console.signOn()
    })
  }

  /** Everybody goes home. */
  goHome(): void {
    for (const console of this.consoles.values()) console.die(null)
    for (const customer of this.customers) customer.lose(null, 3 * 24 * 3_600_000)
  }

  /** An operator sends again what the actors have reported. */
  replay(): void {
    for (const { actor, peers, parked } of this.#world.record.troubles.values()) {
      if (peers.length + parked.length === 0) continue
      const replayed = this.#world.home(asActorName(actor)).enter((at) => at.replay())
      if (replayed.ok) this.stage.replayed += replayed.value
    }
  }

  #do(action: Action): void {
    this.#world.trace.add(this.stage.now, `> ${JSON.stringify(action)}`)
    if ('agent' in action && action.do !== 'assign') {
      const console = this.consoles.get(action.agent)
      if (console !== undefined) this.#doAtConsole(console, action)
    } else if ('customer' in action) {
      const customer = this.customers[action.customer]
      if (customer !== undefined) this.#doAsCustomer(customer, action)
    } else if (action.do === 'publish') {
      if (action.lost) this.#losePushes(new Random(`${action.seed}`))
      this.#config = changed(new Random(`${action.seed}`), this.#config, this.#script.cast)
      this.#publish(this.#config)
    } else if (action.do === 'watch') this.#watch(address(org, 'queue', asId<QueueId>(action.queue)), queueBoard)
  }

  #doAtConsole(console: Console, action: Action): void {
    switch (action.do) {
      case 'sign on':
        return console.signOn()
      case 'presence':
        if (!action.bySupervisor) return console.setPresence(action.presence)
        return this.#bySupervisor(console.link.actor, 'presence', { presence: action.presence })
      case 'capacity':
        return console.setCapacity(action.medium, action.units)
      case 'second tab':
        return console.secondTab(action.open)
      case 'watch agent':
        return this.#watch(console.link.actor, agentBoard)
      case 'sign off':
        return this.#bySupervisor(console.link.actor, 'presence', { presence: 'offline' })
      case 'die':
        console.die(action.vanishFor)
        return this.stage.after(action.away, () => {
          if (this.stage.mood === 'busy') console.signOn()
        })
    }
  }

  #doAsCustomer(customer: Customer, action: Action): void {
    switch (action.do) {
      case 'write':
        return customer.post()
      case 'mark':
        return customer.mark()
      case 'rate':
        return customer.rate()
      case 'leave':
        return customer.leave()
      case 'leave a message':
        return customer.leaveMessage()
      case 'lose link':
        return customer.lose(action.vanishFor, action.away)
      case 'merge':
      case 'unmerge':
      case 'split':
      case 'wake':
        return this.#reorder(customer, action)
      case 'remove': {
        if (customer.current === undefined) return
        const conversation = address(org, 'conversation', asId<ConversationId>(customer.current))
        return this.#bySupervisor(conversation, 'remove', { entry: action.which, why: 'personal' })
      }
      case 'take': {
        const { current } = customer
        if (current === undefined || this.consoles.get(action.by)?.here !== true) return
        const queue = address(org, 'queue', asId<QueueId>(action.queue))
        const by = { ...staff(action.by, 'agent'), serves: true }
        const command = { id: this.stage.newId(), name: 'take', body: { conversation: current } }
        return this.stage.rpc(queue, by, command, () => {})
      }
      case 'restore': {
        if (customer.current === undefined) return
        return this.#restore(this.#world.home(address(org, 'conversation', asId<ConversationId>(customer.current))))
      }
      case 'assign': {
        if (customer.current === undefined) return
        const conversation = address(org, 'conversation', asId<ConversationId>(customer.current))
        return this.#bySupervisor(conversation, 'assign', { agent: action.agent, force: action.force })
      }
    }
  }

  /** A supervisor puts a customer's conversations in order; what was split off is merged back first. */
  #reorder(customer: Customer, { do: what, which }: Extract<Action, { which: number }>): void {
    const { conversations, current, id } = customer
    const at = (one: string) => address(org, 'conversation', asId<ConversationId>(one))
    const chosen = conversations[which % conversations.length]
    if (current === undefined || chosen === undefined) return
    if (what === 'merge') return this.#bySupervisor(at(this.#split.get(id) ?? current), what, { into: chosen })
    if (what !== 'split') return this.#bySupervisor(at(this.#split.get(id) ?? chosen), what, {})
    this.#order(at(current), { id: this.stage.newId(), name: what, body: { from: 1 + which } }, (value) => {
      const next = typeof value === 'object' && value !== null && 'conversation' in value ? value.conversation : null
      if (typeof next === 'string') this.#split.set(id, next)
    })
  }

  #bySupervisor(actor: ActorName, name: string, body: object): void {
    this.#order(actor, { id: this.stage.newId(), name, body })
  }

  /** Not while something is on its way from it, which would go with the storage; and later than clocks may differ. */
  #restore(lost: Resident): void {
    // Of one that was never written to there is no backup.
    if (lost.disk.exec("SELECT 1 FROM sqlite_master WHERE name = 'meta'").length === 0) return
    const epoch = String(lost.disk.exec("SELECT value FROM meta WHERE key = 'epoch'")[0]?.value)
    const isQuiet = lost.disk.exec('SELECT 1 FROM outbox').length === 0
    if (isQuiet && lost.now() - ulidMs(epoch) > RESTORED_AFTER) lost.restore()
  }

  /** The actor may have to ask somebody first: who an agent is. */
  #order(actor: ActorName, command: Command, done: (value: unknown) => void = () => {}): void {
    this.stage.rpc(actor, this.#boss, command, ({ ok, code, value }) => {
      if (code === 'not_ready') this.stage.after(AGAIN, () => this.#order(actor, command, done))
      else if (ok) done(value)
    })
  }

  /** The edge publishes under a command id until it is answered. */
  #publish(config: ConfigInput): void {
    this.#published += 1
    const id = `publish-${this.#published}`
    const attempt = () => {
      this.#world.home(bookName)
      const outcome = this.#city.book?.enter((actor) =>
        actor.once('boss', id, (state, turn) => publish(state, turn, { by: 'boss', config })),
      )
      if (outcome?.ok !== true) this.stage.after(AGAIN, attempt)
      else if (!outcome.value.ok) this.#world.fail('no bugs', `refused to publish: ${JSON.stringify(outcome.value)}`)
    }
    attempt()
  }

  /** The new version does not get through to some: they must hear of it from others. */
  #losePushes(random: Random): void {
    const { queues, agents } = this.#script.cast
    const names = [
      ...queues.map((id) => address(org, 'queue', asId<QueueId>(id))),
      ...agents.map((id) => address(org, 'agent', asId<AgentId>(id))),
    ]
    for (const name of random.some(names, 1))
      this.#world.network.cut(bookName, name, this.stage.now + random.between(0, 25_000))
  }

  /** A supervisor looks on. */
  #watch(actor: ActorName, shapes: Shapes): void {
    const link = new Link(this.#world, { actor, principal: this.#boss, shapes }, 'tab-of-the-boss', {})
    this.stage.links.push(link)
    link.open()
  }
}
