/**
 * Tells waiting customers their place and how long it may take, at most once a second, and only what is news to them. All
 * positions that are told the same place are a bracket. After some have come and gone, who must be told another place
 * stands at the ends of brackets: only there it is looked, and at those that came or moved.
 */
import type { Turn } from '../engine/model.ts'
import { address, asId, type QueueId } from '../ids.ts'
import { keyOf, type Range } from '../routing/estimate.ts'
import { toldPlace } from '../routing/places.ts'
import type { Sorted } from '../routing/sorted.ts'
import { expected, observed } from './pace.ts'
import type { Entry, QueueState } from './state.ts'

export const PLACES = 'places'
/** How long changes are collected, in ms. */
const COLLECT = 1_000
/** So many are told again at once: each may ask Book what is new. */
const AGAIN = 300

/** What the telling of places remembers. */
export class Places {
  /** Nothing is known of what was told: after an eviction, and under another order. */
  all = true
  /** Contacts that came, or moved, since. */
  readonly strays = new Set<string>()
  /** What was told last of the wait in each bracket, by its place. */
  readonly waits = new Map<number, string>()
  /** Contacts that are told again: they hear of a new version of the configuration by it. Null: the rows say who has not. */
  again: readonly string[] | null = null

  strayed(conversation: string): void {
    if (!this.all) this.strays.add(conversation)
  }

  settled(): void {
    this.all = false
    this.strays.clear()
  }
}

/**
 * After a change of the order. A deadline that is set stays where it is, so that a busy queue tells its places all the
 * same; an eviction forgets that and costs one more second.
 */
export function placesLater(state: QueueState, turn: Turn): void {
  if (state.placesAt === 0) state.placesAt = turn.now + COLLECT
  turn.deadline(PLACES, state.placesAt)
}

interface News {
  readonly place: number
  readonly wait: Range | null
  /** The wait as steps that people count in: what is the same to them is not told again. */
  readonly key: string | undefined
}

export function tellPlaces(state: QueueState, turn: Turn): void {
  state.placesAt = 0
  const { line } = state.lineup
  const { places } = state
  const pace = observed(state)
  const newsAt = (place: number): News => {
    const wait = expected(place, pace)
    return { place, wait, key: wait === null ? undefined : keyOf(wait) }
  }
  // Told after the looking: telling changes the rows that the line is made of.
  const due = new Map<string, News>()
  for (const bracket of bracketsOf(line?.size ?? 0)) {
    const news = newsAt(bracket.place)
    const isNews = places.all || places.waits.get(news.place) !== news.key
    if (news.key === undefined) places.waits.delete(news.place)
    else places.waits.set(news.place, news.key)
    if (line !== undefined)
      for (const each of isNews ? whole(line, bracket) : ends(line, bracket, news)) due.set(each.conversation, news)
  }
  for (const conversation of places.strays) {
    const entry = state.entries.get(conversation)
    if (entry !== undefined && line !== undefined) due.set(conversation, newsAt(toldPlace(line.before(entry) + 1)))
  }
  places.settled()
  for (const [conversation, news] of due) tellPlace(state, turn, conversation, news)
  const again = places.again ?? unaware(state)
  for (const conversation of again.slice(0, AGAIN)) {
    const entry = state.entries.get(conversation)
    if (entry?.told != null && !isAware(state, entry)) send(state, turn, entry, newsAt(entry.told))
  }
  places.again = again.slice(AGAIN)
  if (places.again.length > 0) placesLater(state, turn)
}

/** Who has been told nothing since the newest version. An eviction forgets how far the telling had come; the rows do not. */
function unaware(state: QueueState): string[] {
  const left = state.entries.values().filter((entry) => entry.told !== null && !isAware(state, entry))
  return left.map(({ conversation }) => conversation)
}

const isAware = ({ known }: QueueState, { heard = 0 }: Entry): boolean => heard >= known.get().version

function tellPlace(state: QueueState, turn: Turn, conversation: string, news: News): void {
  const entry = state.entries.get(conversation)
  if (entry !== undefined && (entry.told !== news.place || entry.toldWait !== news.key)) send(state, turn, entry, news)
}

function send(state: QueueState, turn: Turn, entry: Entry, { place, wait, key }: News): void {
  const { toldWait: _, ...rest } = entry
  const { conversation, stay } = entry
  const { version } = state.known.get()
  state.entries.put(conversation, {
    ...rest,
    told: place,
    ...(key === undefined ? {} : { toldWait: key }),
    heard: version,
  })
  const queue = asId<QueueId>(turn.self.id)
  const more = wait === null ? {} : { wait }
  turn.send(address(turn.self.org, 'conversation', conversation), { type: 'place', queue, stay, place, ...more })
}

/** Positions that are told the same place, the first and the last of them as indexes. */
interface Bracket {
  readonly place: number
  readonly first: number
  readonly last: number
}

function* bracketsOf(size: number): Generator<Bracket> {
  for (let first = 0; first < size; ) {
    const place = toldPlace(first + 1)
    yield { place, first, last: Math.min(place, size) - 1 }
    first = place
  }
}

function* whole(line: Sorted<Entry>, { first, last }: Bracket): Generator<Entry> {
  let left = last - first + 1
  for (const entry of line.from(first)) {
    if (left === 0) return
    left -= 1
    yield entry
  }
}

/** From both ends inwards, up to who knows it already. */
function* ends(line: Sorted<Entry>, bracket: Bracket, { place, key }: News): Generator<Entry> {
  const isTold = (entry: Entry) => entry.told === place && entry.toldWait === key
  const { first, last } = bracket
  let i = first
  for (let entry = line.at(i); i <= last && entry !== undefined && !isTold(entry); entry = line.at((i += 1)))
    yield entry
  let j = last
  for (let entry = line.at(j); j > i && entry !== undefined && !isTold(entry); entry = line.at((j -= 1))) yield entry
}
