/** A call that a flow leads, through a carrier's dialect: its webhooks come twice, and their second answer must be the first. */
import { beginLead, comeBack, type Lead, type Led, learn, wakesAt } from '../../../core/call/by-flow.ts'
import type { Outcome } from '../../../core/call/events.ts'
import { comesBack, Instructions } from '../../../core/call/instructions.ts'
import { nothingTold, questionOf, tell } from '../../../core/call/told.ts'
import type { Effect, Input, Program, World } from '../../../core/flow/program.ts'
import type { CarrierName, Document, Hook } from '../../../worker/channels/voice/carrier.ts'
import { carriers } from '../../../worker/channels/voice/carriers.ts'
import { addressOf, LEG } from './instructions.ts'
import { type Happening, peers } from './peers.ts'

export class LedCall {
  /** Texts and sounds, in the order in which the caller heard them. */
  readonly heard: string[] = []
  /** All that the flow has done. */
  readonly done: Effect[] = []
  world: World = { now: 1_000_000, channel: 'voice', values: {} }
  lead: Lead
  last: Instructions | undefined
  private told = nothingTold
  private hook: Hook = { for: 'call' }
  private readonly name: CarrierName
  private readonly program: Program

  constructor(name: CarrierName, program: Program) {
    this.name = name
    this.program = program
    this.lead = this.follow(beginLead(program, this.world))
    this.tells({ is: 'rings', from: '+4930555', to: '+49301' })
  }

  get isOver(): boolean {
    return this.last !== undefined && !comesBack(this.last)
  }

  /** The carrier tells this, and has the caller hear what it is told. */
  tells(happening: Happening): this {
    const document = this.answer(happening)
    const again = this.answer(happening)
    if (again.body !== document.body) throw new Error('a webhook that came twice had another answer')
    const { heard, addresses } = peers[this.name].hears(document)
    this.heard.push(...heard)
    const hooks = addresses.map((address): Hook => JSON.parse(new URL(address).searchParams.get('hook') ?? ''))
    const step = hooks.find((hook) => hook.for === 'step')
    if ((step === undefined) !== this.isOver) throw new Error('who is not hung up comes back, and nobody else')
    this.hook = step ?? this.hook
    return this
  }

  /** Something comes to the flow that is no webhook. */
  learns(input: Input): this {
    this.lead = this.follow(learn(this.lead, input, this.program, this.world))
    return this
  }

  /** Time passes, and the flow's own moment may come. */
  later(ms: number): this {
    this.world = { ...this.world, now: this.world.now + ms }
    const at = wakesAt(this.lead)
    return at !== null && at <= this.world.now ? this.learns({ type: 'time' }) : this
  }

  private answer(happening: Happening): Document {
    const [carrier, peer] = [carriers[this.name], peers[this.name]]
    const webhook = peer.signed(addressOf(this.hook), peer.tells(happening, LEG), this.world.now)
    const events = carrier.read(webhook, this.hook)
    const asked = events.ok ? events.value.find((event) => event.is === 'asked') : undefined
    if (asked?.is !== 'asked') throw new Error(`nothing is asked by ${JSON.stringify(happening)}`)
    const question = questionOf(this.told, asked.step)
    const answer = question.is === 'new' ? this.decide(asked.step, asked.outcome) : question.answer
    return carrier.write(answer.instructions, { leg: LEG, next: answer.next, address: addressOf })
  }

  private decide(step: number, outcome: Outcome) {
    const back = comeBack(this.lead, outcome, this.program, this.world)
    this.lead = this.follow(back)
    this.last = Instructions.parse(back.instructions)
    const { told, answer } = tell(this.told, step, this.last)
    this.told = told
    return answer
  }

  private follow({ lead, effects }: Led): Lead {
    this.done.push(...effects)
    // As an actor keeps it.
    return JSON.parse(JSON.stringify(lead))
  }
}
