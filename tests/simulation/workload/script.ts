/** What happens in a seed, decided before it begins: who is there, who does what when. Reactions are the people's own. */

import type { ConfigInput } from '../../../core/protocol/config.ts'
import type { Medium } from '../../../core/protocol/media.ts'
import type { Random } from '../kit/random.ts'
import type { Network } from '../world/weather.ts'
import { type Cast, cast, config } from './config.ts'

/** One thing that somebody does; `at` in ms from the beginning of its act. */
export type Action = { readonly at: number } & (
  | { readonly do: 'sign on'; readonly agent: string }
  | {
      readonly do: 'presence'
      readonly agent: string
      readonly presence: 'available' | 'away'
      readonly bySupervisor: boolean
    }
  | { readonly do: 'capacity'; readonly agent: string; readonly medium: Medium; readonly units: number }
  | { readonly do: 'sign off'; readonly agent: string }
  | { readonly do: 'second tab'; readonly agent: string; readonly open: number }
  | { readonly do: 'watch agent'; readonly agent: string }
  | { readonly do: 'die'; readonly agent: string; readonly vanishFor: number | null; readonly away: number }
  | { readonly do: 'write'; readonly customer: number }
  | { readonly do: 'mark'; readonly customer: number }
  | { readonly do: 'rate'; readonly customer: number }
  | { readonly do: 'leave' | 'leave a message'; readonly customer: number }
  | { readonly do: 'lose link'; readonly customer: number; readonly vanishFor: number | null; readonly away: number }
  | { readonly do: 'assign'; readonly customer: number; readonly agent: string; readonly force: boolean }
  | { readonly do: 'merge' | 'unmerge' | 'split' | 'wake'; readonly customer: number; readonly which: number }
  | { readonly do: 'take'; readonly customer: number; readonly by: string; readonly queue: string }
  | { readonly do: 'remove'; readonly customer: number; readonly which: number }
  | { readonly do: 'restore'; readonly customer: number }
  | { readonly do: 'publish'; readonly seed: number; readonly lost: boolean }
  | { readonly do: 'watch'; readonly queue: string }
)

export interface Person {
  readonly medium: Medium
  readonly plan: string
  readonly devices: number
}

export interface Act {
  readonly actions: readonly Action[]
  /** When everybody stops, in ms. */
  readonly until: number
  /** Whether people bring to an end what there is, once the load has stopped. */
  readonly tidy: boolean
  /** The record is away from the end of this act until the next begins: what it should learn is parked meanwhile. */
  readonly recordAway: boolean
}

export interface Script {
  readonly seed: string
  readonly network: Network
  readonly cast: Cast
  readonly config: ConfigInput
  readonly people: readonly Person[]
  readonly acts: readonly Act[]
}

export function script(seed: string, random: Random, given?: Network): Script {
  const drawn = random.pick(['storm', 'storm', 'storm', 'calm', 'partial'] as const)
  const network = given ?? drawn
  const who = cast(random)
  const people = Array.from({ length: random.int(3, 12) }, () => person(random, who))
  const tidy = random.chance(0.3)
  const acts = [act(random, who, people.length, tidy, network)]
  // Days later everything goes on: pairs were forgotten meanwhile, and nobody may notice.
  if (random.chance(0.15)) {
    acts.push(act(random, who, people.length, tidy, network))
    acts[0] = { ...act(random, who, people.length, tidy, network), recordAway: random.chance(0.5) }
  }
  const chance = random.fork('removals')
  const taking = random.fork('takes')
  const removing = acts.map((one) => withTakes(taking, withRemovals(chance, one, people.length), people.length, who))
  const losses = random.fork('restores')
  const restoring = losses.chance(0.2) ? removing.map((one) => withRestores(losses, one, people.length)) : removing
  const kinds = random.fork('media')
  const writing = people.map((one) => (kinds.chance(0.3) ? { ...one, medium: kinds.pick(others) } : one))
  const all = restoring.map((one) => withMedia(kinds, one, people.length))
  return { seed, network, cast: who, config: config(random, who, tidy), people: writing, acts: all }
}

const others = ['video', 'message', 'mail'] as const

/** Customers leave a message instead of waiting on, and agents change how much of the other media they take. */
function withMedia(random: Random, one: Act, people: number): Act {
  const left = Array.from({ length: random.int(0, 4) }, (): Action => {
    return { at: random.between(4_000, one.until), do: 'leave a message', customer: random.int(0, people - 1) }
  })
  const actions = one.actions.map((action) =>
    action.do === 'capacity' && random.chance(0.4) ? { ...action, medium: random.pick(others) } : action,
  )
  return { ...one, actions: [...actions, ...left].sort((a, b) => a.at - b.at) }
}

/** The storage of a conversation is lost, and put back from a backup. */
function withRestores(random: Random, one: Act, people: number): Act {
  const restore = (): Action => {
    return { at: random.between(8_000, one.until), do: 'restore', customer: random.int(0, people - 1) }
  }
  const actions = Array.from({ length: random.int(1, 3) }, restore)
  return { ...one, actions: [...one.actions, ...actions].sort((a, b) => a.at - b.at) }
}

/** A supervisor takes words away. */
function withRemovals(random: Random, one: Act, people: number): Act {
  const removal = (): Action => {
    const [customer, which] = [random.int(0, people - 1), random.int(1, 12)]
    return { at: random.between(2_000, one.until), do: 'remove', customer, which }
  }
  const actions = Array.from({ length: random.int(0, 6) }, removal)
  return { ...one, actions: [...one.actions, ...actions].sort((a, b) => a.at - b.at) }
}

/** Agents take from lists, two at the same moment now and then; refused where a queue does not allow it. */
function withTakes(random: Random, one: Act, people: number, { agents, queues }: Cast): Act {
  const takes = Array.from({ length: random.int(0, 40) }, (): Action[] => {
    const what = { do: 'take', customer: random.int(0, people - 1), queue: random.pick(queues) } as const
    const at = random.between(2_000, one.until)
    return random.some(agents, 1).map((by) => ({ at: at + random.between(0, 20), by, ...what }))
  })
  return { ...one, actions: [...one.actions, ...takes.flat()].sort((a, b) => a.at - b.at) }
}

function person(random: Random, { plans }: Cast): Person {
  return {
    medium: random.chance(0.25) ? 'voice' : 'chat',
    plan: random.pick(plans),
    devices: random.pick([1, 1, 1, 2]),
  }
}

function act(random: Random, { agents, queues }: Cast, people: number, tidy: boolean, network: Network): Act {
  const until = random.pick([20_000, 40_000])
  const actions: Action[] = []
  const at = () => random.between(500, until - 500)
  const vanish = () => (random.chance(0.5) ? null : random.between(1_000, 60_000))
  for (const agent of agents) {
    actions.push({ at: random.between(0, until / 4), do: 'sign on', agent })
    if (random.chance(0.4))
      actions.push({ at: at(), do: 'presence', agent, presence: 'away', bySupervisor: random.chance(0.3) })
    if (random.chance(0.4))
      actions.push({ at: at(), do: 'presence', agent, presence: 'available', bySupervisor: random.chance(0.3) })
    for (let i = random.int(0, 2); i > 0; i--) {
      actions.push({
        at: at(),
        do: 'capacity',
        agent,
        medium: random.pick(['chat', 'chat', 'voice']),
        units: random.int(0, 3),
      })
    }
    if (random.chance(0.5))
      actions.push({ at: at(), do: 'die', agent, vanishFor: vanish(), away: random.between(500, 20_000) })
    if (random.chance(0.1)) actions.push({ at: at(), do: 'sign off', agent })
    if (random.chance(0.2)) actions.push({ at: at(), do: 'second tab', agent, open: random.between(500, 20_000) })
    if (random.chance(0.2)) actions.push({ at: at(), do: 'watch agent', agent })
  }
  for (let customer = 0; customer < people; customer++) {
    const begins = random.between(0, until * 0.7)
    actions.push({ at: begins, do: 'write', customer })
    for (let i = random.int(0, 4); i > 0; i--)
      actions.push({ at: random.between(begins, until), do: 'write', customer })
    if (random.chance(0.5)) actions.push({ at: random.between(begins, until), do: 'mark', customer })
    if (random.chance(0.3)) actions.push({ at: random.between(begins + 100, until), do: 'leave', customer })
    if (random.chance(0.3)) actions.push({ at: random.between(begins, until), do: 'rate', customer })
    if (random.chance(0.3)) {
      const away = random.between(200, 12_000)
      actions.push({ at: random.between(begins, until), do: 'lose link', customer, vanishFor: vanish(), away })
    }
    if (random.chance(0.4)) {
      let when = random.between(begins + 200, until)
      for (const what of random.some(['split', 'merge', 'merge', 'unmerge', 'wake'] as const, 1)) {
        actions.push({ at: when, do: what, customer, which: random.int(0, 4) })
        when += random.between(20, 3_000)
      }
    }
    // By hand, now and then twice in a row: the second takes back what rings from the first.
    if (random.chance(0.25)) {
      let when = random.between(begins + 200, until)
      for (let i = random.int(1, 2); i > 0; i--, when += random.between(20, 1_500)) {
        actions.push({ at: when, do: 'assign', customer, agent: random.pick(agents), force: random.chance(0.5) })
      }
    }
  }
  for (let i = random.int(0, 2); i > 0; i--) {
    actions.push({
      at: at(),
      do: 'publish',
      seed: random.int(1, 1_000_000),
      lost: network === 'storm' && random.chance(0.6),
    })
  }
  if (random.chance(0.6)) actions.push({ at: at(), do: 'watch', queue: random.pick(queues) })
  return { actions: actions.sort((a, b) => a.at - b.at), until, tidy, recordAway: false }
}
