/** The committed facts of all actors, kept up to date commit by commit; what the rules look at. */
import type { Answered, Item, Profile, Question, Self, Told } from '../../../core/agent/state.ts'
import type { BothMarks, Known, Leading, Talk } from '../../../core/conversation/state.ts'
import { blank } from '../../../core/conversation/state.ts'
import type { ActorName } from '../../../core/ids.ts'
import type { Message } from '../../../core/protocol/messages.ts'
import type { Entry, KnownConfig, Seat } from '../../../core/queue/state.ts'
import type { Resident } from '../world/home.ts'
import { Mail, underWay } from './mail.ts'
import { readAll, type Stored, Tab } from './tab.ts'

/** What every actor has. */
class Common {
  readonly home: Resident
  readonly name: ActorName
  readonly id: string
  readonly mail = new Mail()
  /** All of its state as it is stored. */
  stored: Stored = new Map()
  readonly deadlines = new Tab<{ readonly at: number }>('engine:deadlines')

  constructor(home: Resident) {
    this.home = home
    this.name = home.name
    this.id = home.address.id
  }
}

export class ConversationFacts extends Common {
  readonly talks = new Tab<Talk>('talk')
  readonly marks = new Tab<BothMarks>('marks')
  readonly known = new Tab<Known>('known')
  readonly bots = new Tab<{ readonly leading: Leading | null }>('bot')
  readonly tabs = [this.deadlines, this.talks, this.marks, this.known, this.bots]

  get talk(): Talk {
    return this.talks.get('') ?? blank
  }

  /** The flow that leads it. */
  get leading(): Leading | null {
    return this.bots.get('')?.leading ?? null
  }
}

export class QueueFacts extends Common {
  readonly known = new Tab<KnownConfig>('config')
  readonly entries = new Tab<Entry>('entries')
  readonly roster = new Tab<Seat>('roster')
  readonly tabs = [this.deadlines, this.known, this.entries, this.roster]
}

export class AgentFacts extends Common {
  readonly profiles = new Tab<Profile>('config')
  readonly selves = new Tab<Self>('self')
  readonly questions = new Tab<Question>('question')
  readonly items = new Tab<Item>('items')
  readonly table = new Tab<Answered>('table')
  readonly told = new Tab<Told>('told')
  readonly tabs = [this.deadlines, this.profiles, this.selves, this.questions, this.items, this.table, this.told]

  get profile(): Profile | undefined {
    return this.profiles.get('')
  }

  get self(): Self | undefined {
    return this.selves.get('')
  }

  get question(): Question | undefined {
    return this.questions.get('')
  }
}

export class OtherFacts extends Common {
  readonly tabs = [this.deadlines]
}

export type ActorFacts = ConversationFacts | QueueFacts | AgentFacts | OtherFacts

const nothing: ReadonlyMap<string, string> = new Map()

export class Facts {
  readonly all = new Map<string, ActorFacts>()
  readonly conversations = new Map<string, ConversationFacts>()
  readonly queues = new Map<string, QueueFacts>()
  readonly agents = new Map<string, AgentFacts>()

  /** Takes over what this home has committed. */
  refresh(home: Resident, at: number): ActorFacts {
    const facts = this.all.get(home.name) ?? this.#meet(home)
    facts.stored = readAll(home.disk)
    for (const tab of facts.tabs) tab.take(facts.stored.get(tab.name) ?? nothing)
    facts.mail.refresh(home.disk, at)
    return facts
  }

  /** Messages that `from` has sent and `to` has not taken. */
  underWay(from: ActorFacts, to: string): Message[] {
    return underWay(from, this.all.get(to), to).map(({ message }) => message)
  }

  /** When the oldest of them was sent, in real time. */
  oldestUnderWay(from: ActorFacts, to: string): number {
    return underWay(from, this.all.get(to), to)[0]?.at ?? Number.POSITIVE_INFINITY
  }

  #meet(home: Resident): ActorFacts {
    const facts = this.#make(home)
    this.all.set(home.name, facts)
    return facts
  }

  #make(home: Resident): ActorFacts {
    const { kind, id } = home.address
    if (kind === 'conversation') return keep(this.conversations, id, new ConversationFacts(home))
    if (kind === 'queue') return keep(this.queues, id, new QueueFacts(home))
    if (kind === 'agent') return keep(this.agents, id, new AgentFacts(home))
    return new OtherFacts(home)
  }
}

function keep<F>(map: Map<string, F>, id: string, facts: F): F {
  map.set(id, facts)
  return facts
}
