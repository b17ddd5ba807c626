/** RC, at rest: the record's segments and agents' times are what was seen to happen; whoever has told anything is registered. */
import type { AgentInterval, Segment } from '../../../core/protocol/segments.ts'
import { type Stay, Stays } from '../facts/stays.ts'
import type { MakeRule } from './rule.ts'

export const rc: MakeRule = ({ world, facts, hit, fail }) => {
  const seen = new Stays()
  return {
    commit(commit) {
      const conversation = facts.conversations.get(commit.actor.id)
      const agent = facts.agents.get(commit.actor.id)
      if (commit.actor === conversation) seen.conversation(conversation, commit.seen)
      if (commit.actor === agent) seen.agent(agent, commit.seen)
    },
    rest() {
      for (const id of seen.conversations()) checkSegments(id)
      for (const [id, times] of seen.times) {
        const rows = grouped(world.record.intervals, id).sort((a, b) => a.id - b.id)
        compare(`the times of ${id}`, rows.map(timeOf), times.map(timeOf))
        hit('RC intervals', rows.length)
      }
      checkRegister()
    },
  }

  function checkSegments(id: string) {
    const rows = grouped(world.record.segments, id)
    compare(`the stays of ${id}`, rows.map(lineOf).filter(lasted).sort(), seen.of(id).map(lineOf).filter(lasted).sort())
    for (const { kind } of rows) hit(`RC ${kind}`)
  }

  function compare(what: string, recorded: readonly string[], seenToBe: readonly string[]) {
    if (JSON.stringify(recorded) === JSON.stringify(seenToBe)) return
    const only = (these: readonly string[], those: readonly string[]) => these.filter((each) => !those.includes(each))
    const differ = { recorded: only(recorded, seenToBe), seen: only(seenToBe, recorded) }
    fail('RC', `${what} differ: ${JSON.stringify(differ)}`)
  }

  function checkRegister() {
    const registered: string[] = []
    for (const home of world.homes.values()) {
      if (home.address.kind !== 'register') continue
      registered.push(...home.disk.exec('SELECT command FROM entries').map(({ command }) => String(command)))
    }
    const telling = [...facts.conversations.values(), ...facts.agents.values()].filter(
      ({ home }) => home.disk.exec('SELECT 1 FROM entries LIMIT 1').length > 0,
    )
    const names = telling.map(({ name }) => String(name)).sort()
    if (JSON.stringify(registered.sort()) !== JSON.stringify(names))
      fail('RC', `the register has ${registered.join(' ')}; there are ${names.join(' ')}`)
    hit('RC registered', names.length)
  }
}

type Line = Pick<Stay, keyof Segment & keyof Stay>

/** What began and ended in one turn nobody saw from outside. */
const lasted = (line: string) => !/ (\d+)-\1 /.test(line)

const lineOf = ({ kind, queue, agent, lease, beganAt, endedAt, outcome }: Line) =>
  `${kind} ${queue} ${agent} ${lease} ${beganAt}-${endedAt} ${outcome}`

const timeOf = (time: Omit<AgentInterval, 'id' | 'version' | 'presence'> & { readonly presence: string }) =>
  `${time.presence} ${time.reason} ${time.notResponding} ${time.connected} ${time.occupied} ${time.beganAt}-${time.endedAt}`

/** Rows by `<owner> <id>`. */
function grouped<V>(rows: ReadonlyMap<string, V>, owner: string): V[] {
  return [...rows].filter(([key]) => key.startsWith(`${owner} `)).map(([, row]) => row)
}
