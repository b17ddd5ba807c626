/** Who sees which attributes of a conversation, whatever way they come: VI1 to VI3. */
import { describe, expect, it } from 'vitest'
import type { Pinned } from '../../core/protocol/book-messages.ts'
import type { Event, ServerFrame } from '../../core/protocol/frames.ts'
import { type StaffRole, staffRoles } from '../../core/protocol/principal.ts'
import type { Attribute } from '../../core/protocol/settings.ts'
import { staff } from '../support/harness.ts'
import { book, codeOf, pinned, Talk } from '../support/talk.ts'

const lookers = ['agent', 'supervisor', 'manager', 'administrator'] as const
type Looker = (typeof lookers)[number]

/** Each attribute, and who is to see it. */
const visibility: Readonly<Record<string, readonly StaffRole[] | undefined>> = {
  open: undefined,
  agents: ['agent'],
  leaders: ['supervisor', 'manager'],
  chief: ['administrator'],
}
const attributes = Object.fromEntries(
  Object.entries(visibility).map(([id, visibleTo]): [string, Attribute] => [
    id,
    { name: id, type: 'text', ...(visibleTo === undefined ? {} : { visibleTo: [...visibleTo] }) },
  ]),
)
const deskWith = (attributes: Record<string, Attribute>): Partial<Pinned> => ({
  desk: { tags: [], dispositions: {}, attributes },
})
const values = Object.fromEntries(Object.keys(visibility).map((id) => [id, `the ${id}`]))
const seenAs = (role: Looker) =>
  Object.fromEntries(Object.entries(values).filter(([id]) => visibility[id]?.includes(role) ?? true))

const as = (role: StaffRole) => staff(`a-${role}`, role)
/** Owned by an agent; each attribute is set by somebody who sees it. */
function described(): Talk {
  const t = new Talk(undefined, undefined, deskWith(attributes))
  t.ownedBy('ada')
  for (const [id, value] of Object.entries(values)) {
    const by = as(visibility[id]?.[0] ?? 'agent')
    expect(codeOf(t.h.command(by, 'describe', { attributes: { [id]: value } }))).toBe('ok')
  }
  return t
}

const eventsOf = (frames: readonly ServerFrame[]): Event[] =>
  frames.flatMap((frame) =>
    frame.t === 'welcome' ? (frame.snapshot ?? []) : frame.t === 'batch' ? frame.evs : frame.t === 'ev' ? [frame] : [],
  )
/** All values that the entries of a stream, or of an answer, hold. */
const told = (entries: readonly unknown[]) =>
  Object.assign({}, ...entries.map((entry) => Object(Object(entry).body).attributes ?? {}))
const bodies = (events: readonly Event[]) => events.map(({ body }) => body)

describe.each(lookers)('VI1 a %s reads the attributes of that role', (role) => {
  it('in the present, in a snapshot, and in what comes fresh', () => {
    const t = described()
    const socket = t.h.connect(as(role))
    const view = socket.frames.findLast((frame) => frame.t === 'view')
    expect(Object(view?.body).attributes).toEqual(seenAs(role))
    expect(told(bodies(eventsOf(socket.frames)))).toEqual(seenAs(role))
    const before = socket.frames.length
    for (const id of Object.keys(values))
      t.h.command(as(visibility[id]?.[0] ?? 'agent'), 'describe', { attributes: { [id]: null } })
    const fresh = eventsOf(socket.frames.slice(before))
    expect(Object.keys(told(bodies(fresh)))).toEqual(Object.keys(seenAs(role)))
    // Nobody's numbers have a gap.
    expect(fresh.map(({ seq }) => seq)).toEqual(fresh.map((_, n) => (fresh[0]?.seq ?? 0) + n))
  })

  it('after a resume, and in what is asked for', () => {
    const t = described()
    const socket = t.h.connect(as(role))
    const epoch = Object(socket.frames[0]).epoch
    socket.frames.length = 0
    t.h.actor.frame(socket, JSON.stringify({ t: 'hello', v: 1, client: 'client-1', resume: { epoch, seq: 1 } }))
    expect(told(bodies(eventsOf(socket.frames)))).toEqual(seenAs(role))
    const history = t.h.command(as(role), 'history', { before: 99 })
    expect(told(history.ok ? Object(history.value).entries : [])).toEqual(seenAs(role))
  })

  it('VI2 and changes these alone, all of a command or nothing', () => {
    const t = described()
    for (const id of Object.keys(values)) {
      const isSeen = Object.hasOwn(seenAs(role), id)
      const change = { attributes: { open: 'changed', [id]: `by ${role}` } }
      const answer = t.h.command(as(role), 'describe', change)
      if (isSeen) expect(codeOf(answer)).toBe('ok')
      else expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden', field: `attributes.${id}` } })
    }
    const { attributes: after } = t.h.state.about.get()
    const hidden = Object.keys(values).filter((id) => !Object.hasOwn(seenAs(role), id))
    for (const id of hidden) expect(after[id]).toBe(values[id])
  })
})

it('VI1 what is known of a customer is kept for the roles that it is for, in the present and in what was asked', () => {
  const t = new Talk(undefined, undefined, {
    desk: { tags: [], dispositions: {}, attributes, customers: { level: {}, debt: { visibleTo: ['manager'] } } },
  })
  const { begun } = t.talk
  if (begun === null) throw new Error('not begun')
  const details = { phone: '123', 'customer.level': 'Gold', 'customer.debt': 7, 'customer.strange': 'x' }
  t.h.state.talk.patch({ begun: { ...begun, customer: { ...begun.customer, details } } })
  t.h.state.about.patch({ introduced: { at: 1, fields: { ...details, 'conversation.leaders': 'x' } } })
  t.say()
  const seen = (role: Looker) => {
    const socket = t.h.connect(as(role))
    const view = socket.frames.findLast((frame) => frame.t === 'view')
    const entry = bodies(eventsOf(socket.frames)).find((body) => Object(Object(body).body).type === 'introduced')
    return [Object(view?.body).customer.details, Object(Object(entry).body).fields].map((fields) =>
      Object.keys(Object(fields))
        .filter((field) => field !== 'name')
        .sort()
        .join(),
    )
  }
  expect(seen('agent')).toEqual(['customer.level,phone', 'customer.level,phone'])
  expect(seen('manager')).toEqual([
    'customer.debt,customer.level,phone',
    'conversation.leaders,customer.debt,customer.level,phone',
  ])
  expect(seen('administrator')).toEqual([
    'customer.level,customer.strange,phone',
    'customer.level,customer.strange,phone',
  ])
})

it('VI1 nobody who may not look at a conversation is let in for an attribute', () => {
  const t = described()
  for (const role of staffRoles.filter((role) => !lookers.some((looker) => looker === role)))
    expect(() => t.h.connect(as(role))).toThrow('forbidden')
})

it('VI3 a publication holds for who is looking, and what is configured no more is the administrators\u2019', () => {
  const t = described()
  const [ada, olga] = [t.h.connect(as('agent')), t.h.connect(as('administrator'))]
  const seen = (socket: typeof ada) =>
    Object.keys(Object(socket.frames.findLast((frame) => frame.t === 'view')?.body).attributes)
  expect(seen(ada)).toEqual(['open', 'agents'])
  const { open, ...rest } = attributes
  if (open === undefined) throw new Error('no such attribute')
  const narrow = deskWith({ ...rest, agents: { ...open, visibleTo: ['manager'] } })
  t.h.receive(book, { type: 'plan', pinned: { ...pinned(undefined, undefined, narrow), version: 2 } })
  expect(seen(ada)).toEqual([])
  expect(seen(olga)).toEqual(['open', 'chief'])
})

it('VI3 who opens or commands one that has heard of no publication makes it ask', async () => {
  const t = described()
  await t.h.sent()
  t.h.command({ ...as('agent'), config: 1 }, 'history', { before: 0 })
  expect(await t.h.sentOf('ask-plan')).toEqual([])
  t.h.command({ ...as('agent'), config: 2 }, 'history', { before: 0 })
  expect(await t.h.sentOf('ask-plan')).toMatchObject([{ have: 1 }])
})
