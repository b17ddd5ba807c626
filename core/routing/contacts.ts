/** Which of the waiting contacts comes first, by configuration: a score in minutes of age, or attributes one after another. */
import * as z from 'zod/mini'
import { own } from '../own.ts'
import { key } from '../protocol/fields.ts'
import { POINT, type Ranked, rank } from './rank.ts'

/** What contacts are compared by. Times in ms. */
export interface Comparable extends Ranked {
  /** Of the customer; the higher, the more they matter. */
  readonly grade?: number
  /** By when it should be answered. */
  readonly deadline?: number
  readonly channel?: string
  /** What the entrance or the customer's record says besides. */
  readonly attributes?: Readonly<Record<string, string | number>>
}

const minutes = z.number().check(z.minimum(-100_000), z.maximum(100_000))
const values = z.array(z.string().check(z.maxLength(80))).check(z.minLength(1), z.maxLength(50))
const direction = z.enum(['asc', 'desc'])

/** Minutes of age that a contact is given besides its priority's: for each point of a number, or for a value. */
const Boost = z.discriminatedUnion('by', [
  z.object({ by: z.literal('grade'), minutes }),
  z.object({ by: z.literal('channel'), values: z.record(z.string().check(z.maxLength(80)), minutes) }),
  z.object({
    by: z.literal('attribute'),
    name: key,
    minutes: z._default(minutes, 0),
    values: z._default(z.record(z.string().check(z.maxLength(80)), minutes), {}),
  }),
])

/** An attribute of a list. What a contact lacks puts it last, whatever the direction. */
const Criterion = z.discriminatedUnion('by', [
  z.object({ by: z.enum(['grade', 'priority', 'waiting', 'deadline']), direction }),
  /** In the order in which the values are named. */
  z.object({ by: z.literal('channel'), values }),
  /** A number by its size, a text by its place among the values. */
  z.object({ by: z.literal('attribute'), name: key, direction, values: z.optional(values) }),
])
type Criterion = z.infer<typeof Criterion>

export const ContactOrder = z.discriminatedUnion('by', [
  /** Age, a minute for each point of priority, and boosts: nobody waits for ever. */
  z.object({ by: z.literal('score'), boosts: z._default(z.array(Boost).check(z.maxLength(20)), []) }),
  /** The first difference decides. */
  z.object({ by: z.literal('list'), list: z.array(Criterion).check(z.minLength(1), z.maxLength(10)) }),
])
export type ContactOrder = z.infer<typeof ContactOrder>

export const byAge: ContactOrder = { by: 'score', boosts: [] }

/** Compares contacts; the one that comes first is the smaller. Ties go by age with priority, then by id: no two are equal. */
export function byContactOrder(order: ContactOrder): (a: Comparable, b: Comparable) => number {
  const keys = keysOf(order)
  return (a, b) => {
    for (const each of keys) {
      const difference = compare(each(a), each(b))
      if (difference !== 0) return difference
    }
    return compare(rank(a.since, a.priority), rank(b.since, b.priority)) || compare(a.conversation, b.conversation)
  }
}

const keysOf = (order: ContactOrder): readonly Key[] =>
  order.by === 'list' ? order.list.map(keyOf) : [scoreOf(order.boosts)]

/** What an order compares of a contact, for whoever sorts elsewhere (see {@link byShownOrder}); nothing when that is the rank. */
export function orderKey(order: ContactOrder): (contact: Comparable) => { readonly order?: (number | null)[] } {
  if (order.by === 'score' && order.boosts.length === 0) return () => ({})
  const keys = keysOf(order)
  const shown = (value: number) => (Number.isFinite(value) ? value : null)
  return (contact) => ({ order: keys.map((each) => shown(each(contact))) })
}

/** A row as {@link orderKey} has it. */
interface Shown {
  readonly conversation: string
  readonly rank: number
  readonly order?: readonly (number | null)[] | undefined
}

/** The same order as {@link byContactOrder}, by what was shown of it. */
export function byShownOrder(a: Shown, b: Shown): number {
  // A row of another order than its neighbour's is about to be shown anew.
  const keys = b.order === undefined ? [] : (a.order ?? [])
  for (const [at, key] of keys.entries()) {
    const difference = compare(last(key), last(b.order?.[at] ?? null))
    if (difference !== 0) return difference
  }
  return compare(a.rank, b.rank) || compare(a.conversation, b.conversation)
}

const last = (key: number | null) => key ?? Number.POSITIVE_INFINITY

/** Whether somebody may wait for ever under it, as long as others come who stand before. */
export function mayStarve(order: ContactOrder): boolean {
  const first = order.by === 'list' ? order.list[0] : undefined
  return first !== undefined && !(first.by === 'waiting' && first.direction === 'desc')
}

type Key = (contact: Comparable) => number

function scoreOf(boosts: Extract<ContactOrder, { by: 'score' }>['boosts']): Key {
  const parts = boosts.map((boost): Key => {
    if (boost.by === 'grade') return ({ grade = 0 }) => grade * boost.minutes
    if (boost.by === 'channel') return ({ channel = '' }) => own(boost.values, channel) ?? 0
    return ({ attributes = {} }) => {
      const value = own(attributes, boost.name)
      return typeof value === 'number' ? value * boost.minutes : (own(boost.values, value ?? '') ?? 0)
    }
  })
  return (contact) =>
    parts.reduce((score, part) => score - POINT * part(contact), rank(contact.since, contact.priority))
}

/** The key of a criterion, so that the smaller comes first. */
function keyOf(criterion: Criterion): Key {
  if (criterion.by === 'channel') return ({ channel }) => placeOf(criterion.values, channel)
  const sign = criterion.direction === 'asc' ? 1 : -1
  const directed = (value: number | undefined) => (value === undefined ? Number.POSITIVE_INFINITY : sign * value)
  switch (criterion.by) {
    case 'grade':
      return ({ grade }) => directed(grade)
    case 'priority':
      return ({ priority }) => directed(priority)
    case 'waiting':
      return ({ since }) => directed(-since)
    case 'deadline':
      return ({ deadline }) => directed(deadline)
    case 'attribute':
      return ({ attributes = {} }) => {
        const value = own(attributes, criterion.name)
        if (typeof value !== 'string') return directed(value)
        const place = placeOf(criterion.values ?? [], value)
        return directed(Number.isFinite(place) ? place : undefined)
      }
  }
}

function placeOf(values: readonly string[], value: string | undefined): number {
  const place = value === undefined ? -1 : values.indexOf(value)
  return place < 0 ? Number.POSITIVE_INFINITY : place
}

const compare = <V extends number | string>(a: V, b: V) => (a < b ? -1 : a > b ? 1 : 0)
