/** What simulated people share: the world they act in, whether they act at all, and what they were promised. */
import type { ActorName } from '../../../core/ids.ts'
import type { Principal, StaffPrincipal } from '../../../core/protocol/principal.ts'
import type { Result } from '../../../core/result.ts'
import type { Random } from '../kit/random.ts'
import { org } from '../world/city.ts'
import type { World } from '../world/world.ts'
import type { Command, Heard, Link } from './wire.ts'

/** An entry that its sender was told is kept. */
export interface Ack {
  readonly conversation: ActorName
  readonly sender: string
  readonly command: string
  /** The number it was given: in the public stream for a customer, in the staff stream for staff. */
  readonly seq: number
}

/** `busy`: people do as they please. `idle`: nobody does anything. `tidy`: everybody takes and ends what there is. */
export type Mood = 'busy' | 'idle' | 'tidy'

/** An RPC's answer that does not come is asked for again after this, in ms, so many times. */
const REPEAT = 2_000
const TRIES = 12

export class Stage {
  readonly world: World
  readonly random: Random
  readonly acks: Ack[] = []
  readonly links: Link[] = []
  mood: Mood = 'busy'
  /** Parked items that an operator sent again. */
  replayed = 0
  #ids = 0
  #texts = 0

  constructor(world: World, random: Random) {
    this.world = world
    this.random = random
  }

  get now(): number {
    return this.world.timeline.now
  }

  after(delay: number, work: () => void): void {
    this.world.timeline.after(delay, work)
  }

  newId(): string {
    this.#ids += 1
    return `command-${String(this.#ids).padStart(6, '0')}`
  }

  /** No two commands say the same: an entry made twice shows by its text. */
  newText(): string {
    this.#texts += 1
    return `sentence ${this.#texts}`
  }

  /** Notes what a reply to `post` or `note` promised. */
  promised(conversation: ActorName, by: Principal, command: Command, value: unknown): void {
    if (command.name !== 'post' && command.name !== 'note') return
    const seq = typeof value === 'object' && value !== null && 'seq' in value ? Number(value.seq) : Number.NaN
    const sender = by.kind === 'customer' ? `customer:${by.customer}` : `staff:${by.id}`
    this.acks.push({ conversation, sender, command: command.id, seq })
  }

  /** A command by the API: asked again under the same id until it is answered. */
  rpc(actor: ActorName, by: Principal, command: Command, answered: (heard: Heard) => void): void {
    this.#try(actor, by, command, answered, TRIES)
  }

  #try(actor: ActorName, by: Principal, command: Command, answered: (heard: Heard) => void, left: number): void {
    const { world } = this
    let done = false
    const lost = () => this.random.chance(world.weather.drop)
    this.after(world.hop(), () => {
      if (lost()) return
      const outcome = world.home(actor).enter((a) => a.command(by, command))
      if (!outcome.ok || lost()) return
      this.after(world.hop(), () => {
        done = true
        const heard = heardOf(outcome.value)
        if (heard.ok) this.promised(actor, by, command, heard.value)
        answered(heard)
      })
    })
    this.after(REPEAT, () => {
      if (!done && left > 1) this.#try(actor, by, command, answered, left - 1)
    })
  }
}

function heardOf(result: Result<unknown>): Heard {
  return result.ok ? { ok: true, value: result.value } : { ok: false, code: result.error.code }
}

export function staff(id: string, role: StaffPrincipal['role']): StaffPrincipal {
  return { kind: 'staff', org, id, name: `Agent ${id}`, role }
}
