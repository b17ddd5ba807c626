/** The legs of a call, whatever carriers' callbacks do: against 100,000 random calls, and by example. */
import { describe, expect, it } from 'vitest'
import { type Call, hear, type News, newCall, probeAt, SILENCE } from '../../core/call/call.ts'
import { CallEvent, type Cause, causes, type LegId } from '../../core/call/events.ts'
import { isInside, type Leg } from '../../core/call/leg.ts'

const LEG = 'CA1' as LegId

/** Numbers below `n`, the same for the same seed (mulberry32). */
function chanceOf(seed: number) {
  let state = seed
  return (n: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * n)
  }
}
type Chance = ReturnType<typeof chanceOf>

/** What really happens to one leg, in order. */
function historyOf(chance: Chance, leg: LegId, parent: LegId | undefined): CallEvent[] {
  const about = { leg, ...(parent && { parent }) }
  const from = `+4930${chance(1_000)}`
  const events: CallEvent[] = [{ ...about, is: 'began', direction: parent ? 'out' : 'in', from, to: '+49301' }]
  if (chance(4) > 0) events.push({ ...about, is: 'ringing' })
  const isAnswered = chance(4) > 0
  if (isAnswered) events.push({ ...about, is: 'answered' })
  for (let order = 0, visits = isAnswered ? chance(3) : 0; visits > 0; visits -= 1) {
    const room = chance(2) ? 'room' : 'other'
    events.push({ ...about, is: 'joined', room, order: (order += 1) })
    if (visits > 1 || chance(2)) events.push({ ...about, is: 'left', room, order: (order += 1) })
  }
  const cause: Cause = isAnswered ? 'completed' : (causes[2 + chance(5)] ?? 'failed')
  if (chance(5) > 0) events.push({ ...about, is: 'ended', cause, ...(isAnswered && { seconds: chance(600) }) })
  return events
}

/** Some are lost, some come up to three times, and all in any order. */
function delivered(chance: Chance, events: readonly CallEvent[]): CallEvent[] {
  const copies = events.flatMap((event) =>
    Array<CallEvent>(chance(6) === 0 ? 0 : 1 + (chance(3) && chance(3))).fill(event),
  )
  for (let i = copies.length - 1; i > 0; i -= 1) {
    const j = chance(i + 1)
    const [a, b] = [copies[i], copies[j]]
    if (a && b) [copies[i], copies[j]] = [b, a]
  }
  return copies
}

/** What may be known of a leg from what arrived, by looking at all of it at once. */
function expectedOf(events: readonly CallEvent[], id: LegId) {
  const own = events.filter(({ leg }) => leg === id)
  const told = (is: CallEvent['is']) => own.some((event) => event.is === is)
  const ends = own.filter((event) => event.is === 'ended')
  const wasConnected = told('answered') || told('joined') || told('left')
  const inRooms = own.flatMap((event) => (event.is === 'joined' || event.is === 'left' ? [event] : []))
  const newestOf = (name: string) =>
    inRooms.filter(({ room }) => room === name).sort((a, b) => (b.order ?? 0) - (a.order ?? 0))[0]
  const isIn = (name: string) => ends.length === 0 && newestOf(name)?.is === 'joined'
  return {
    stage: ends.length > 0 ? 'ended' : wasConnected ? 'answered' : told('ringing') ? 'ringing' : 'known',
    cause: ends[0]?.cause ?? null,
    seconds: ends[0]?.seconds ?? null,
    from: own.find((event) => event.is === 'began')?.from ?? null,
    rooms: ['room', 'other'].filter(isIn),
  }
}

const known = (leg: Leg) => ({
  stage: leg.stage,
  cause: leg.cause,
  seconds: leg.seconds,
  from: leg.parties?.from ?? null,
  rooms: ['room', 'other'].filter((room) => isInside(leg, room)),
})

/** The call after these events, and how often each piece of news came. */
function hearAll(events: readonly CallEvent[], start: Call = newCall) {
  let call = start
  const news: News[] = []
  for (const event of events) {
    const heard = hear(call, event, 1_000)
    call = heard.call
    news.push(...heard.news)
  }
  return { call, news }
}

const ended = (cause: Cause): CallEvent => ({ leg: LEG, is: 'ended', cause })
const legOf = (call: Call): Leg => {
  const leg = call.legs.get(LEG)
  if (leg === undefined) throw new Error('nothing was heard of it')
  return leg
}

describe('the legs of a call', () => {
  // A test each, so that none has to hurry on a busy machine.
  const tenth = 10_000
  const tenths = Array.from({ length: 10 }, (_, n) => n * tenth)
  it.each(tenths)('CL1 come to the same state by callbacks lost, doubled and in any order: calls from %i', (from) => {
    for (let seed = from; seed < from + tenth; seed += 1) {
      const chance = chanceOf(seed)
      const ids = ['CA1', 'CA2', 'CA3'].slice(0, 1 + chance(3)) as LegId[]
      const events = delivered(
        chance,
        ids.flatMap((id) => historyOf(chance, id, id === LEG ? undefined : LEG)),
      )
      const { call, news } = hearAll(events)
      for (const id of ids) {
        const leg = call.legs.get(id)
        if (leg === undefined) {
          if (events.some((event) => event.leg === id)) throw new Error(`seed ${seed}: ${id} was not heard`)
          continue
        }
        const [is, should] = [JSON.stringify(known(leg)), JSON.stringify(expectedOf(events, id))]
        if (is !== should) throw new Error(`seed ${seed}: ${id} is ${is}, and should be ${should}`)
        const once = news.filter((item) => item.is === leg.stage && item.leg === id).length
        if (leg.stage !== 'known' && once !== 1) throw new Error(`seed ${seed}: ${id} was news ${once} times`)
      }
    }
  })

  it('CL1 of two causes keep the more telling one, and their own end before what a probe found', () => {
    for (const events of [
      ['completed', 'busy'],
      ['busy', 'completed'],
      ['busy', 'lost', 'busy'],
    ] as const) {
      expect(legOf(hearAll(events.map(ended)).call).cause).toBe('busy')
    }
  })

  it('CL2 are in no room once they have ended, whatever the room tells afterwards', () => {
    const { call, news } = hearAll([
      { leg: LEG, is: 'joined', room: 'r', order: 1 },
      ended('completed'),
      { leg: LEG, is: 'joined', room: 'r', order: 3 },
    ])
    expect(isInside(legOf(call), 'r')).toBe(false)
    expect(news.map(({ is }) => is)).toEqual(['began', 'answered', 'joined', 'ended', 'left'])
  })

  it('CL2 have left a room that they left and joined at the same time, and know no room by what all objects have', () => {
    const { call } = hearAll([
      { leg: LEG, is: 'left', room: 'r' },
      { leg: LEG, is: 'joined', room: 'r' },
    ])
    expect(isInside(legOf(call), 'r')).toBe(false)
    expect(isInside(legOf(call), 'constructor')).toBe(false)
  })

  it('CL3 make no news of what was told before', () => {
    const events: CallEvent[] = [
      { leg: LEG, is: 'ringing' },
      { leg: LEG, is: 'recorded', recording: 'RE1', state: 'done', url: 'https://carrier.example/RE1', seconds: 5 },
      ended('completed'),
    ]
    const first = hearAll(events)
    expect(first.news).toHaveLength(4)
    const again = hearAll(
      [...events, { leg: LEG, is: 'answered' }, { leg: LEG, is: 'recorded', recording: 'RE1', state: 'started' }],
      first.call,
    )
    expect(again.news).toEqual([])
    expect(again.call).toEqual(first.call)
  })

  it('CL5 are asked after when nothing was heard: sooner while they wait than while they talk, never after their end', () => {
    const { call } = hear(newCall, { leg: LEG, is: 'answered' }, 5_000)
    expect(probeAt(legOf(call))).toBe(5_000 + SILENCE.waiting)
    const talking = hear(call, { leg: LEG, is: 'joined', room: 'r' }, 6_000).call
    expect(probeAt(legOf(talking))).toBe(6_000 + SILENCE.talking)
    const asked = hear(talking, { leg: LEG, is: 'asked', step: 3, outcome: { of: 'room' } }, 7_000).call
    expect(probeAt(legOf(asked))).toBe(7_000 + SILENCE.talking)
    expect(probeAt(legOf(hear(asked, ended('lost'), 8_000).call))).toBeNull()
  })

  it('take only events in our words', () => {
    expect(CallEvent.safeParse({ leg: '', is: 'ringing' }).success).toBe(false)
    expect(
      CallEvent.safeParse({ leg: 'CA1', is: 'asked', step: 1, outcome: { of: 'digits', digits: '' } }).success,
    ).toBe(false)
    expect(CallEvent.safeParse({ leg: 'CA1', is: 'ended', cause: 'bored' }).success).toBe(false)
  })
})
