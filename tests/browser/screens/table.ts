/** Every screen of the console, and in each state what stands there then: as data, from which the suite is made. */
import type { Place, SettingsPage, View } from '../../../client/console/address.ts'
import type { OfficeName, OfficePage } from '../../../client/console/office/names.ts'
import type { StaffId } from '../kit/companies.ts'

/** The first three are what a company has; then what may happen on the way; then who looks. */
export const states = ['empty', 'one', 'many', 'loading', 'error', 'offline', 'forbidden'] as const
export type State = (typeof states)[number]

/** What is to be seen, by selector; `at` where the state has an address of its own. */
export interface Seen {
  readonly sees: string
  readonly at?: string
  readonly who?: StaffId
}
/** A state that the screen cannot be in, and why. */
export interface Never {
  readonly never: string
}

export interface Screen extends Readonly<Record<State, Seen | Never>> {
  /** The fragment of its address. `{today}` and `{conversation}` are filled in. */
  readonly at: string
  /** Nobody: without having signed in. */
  readonly who: StaffId | 'nobody'
  /** The request that it waits for: held while it loads, then failed, then cut off. */
  readonly asks: string | null
  /** It is kept current over sockets: what is cut is the line itself. */
  readonly isLive: boolean
}

const sees = (selector: string): Seen => ({ sees: selector })
const never = (why: string): Never => ({ never: why })

const waiting = sees('.state.late')
const refused = sees('.state[role="alert"] button')
const nothing = sees('[data-testid="empty"]')
const noWay: Seen = { sees: '[data-testid="forbidden"]', who: 'ada' }

const noList = never('it shows no list')
const asksNobody = never('it asks nobody')
const notAlone = never('there are always several')
const byItself = never('it tries again by itself, and says so on top')
const everybodys = never('it is everybody’s')
/** Who has no inbox is led to the reports. */
const noInbox: Seen = { sees: '[data-testid="reports"]', who: 'noor' }

/** A place of the office that asks for one thing. What a list can hold comes with `more`. */
const office = (at: string, asks: string | null, full: string, more: Partial<Screen> = {}): Screen => ({
  at,
  who: 'olga',
  asks,
  isLive: false,
  empty: noList,
  one: sees(full),
  many: noList,
  loading: asks === null ? asksNobody : waiting,
  error: asks === null ? asksNobody : refused,
  offline: asks === null ? asksNobody : refused,
  forbidden: noWay,
  ...more,
})

const config = '**/api/v1/config'
/** A list of parts of the configuration. */
const part = (page: string, more: Partial<Screen> = {}): Screen =>
  office(`organisation/${page}`, config, '[data-testid="entry"]', {
    empty: nothing,
    many: sees('[data-testid="entry"] >> nth=11'),
    ...more,
  })
/** The form of one of them. */
const form = (at: string, more: Partial<Screen> = {}): Screen => office(at, config, 'form.form button.primary', more)

const settings = (page: string, full: string, more: Partial<Screen> = {}): Screen => ({
  ...office(`settings/${page}`, null, full),
  who: 'ada',
  forbidden: everybodys,
  ...more,
})

/** By sockets: these screens wait for their tickets, and say on top that the line is cut. */
const live = (at: string, who: StaffId, more: Partial<Screen>): Screen => ({
  ...office(at, '**/api/v1/tickets', ''),
  who,
  isLive: true,
  error: byItself,
  offline: sees('.banner.danger'),
  ...more,
})

/** What it lists comes over the sockets, row by row. */
const view = (name: View, more: Partial<Screen>): Screen =>
  live(`inbox/${name}`, 'ada', {
    loading: never('it fills as the rows come; the first view says that work loads'),
    forbidden: noInbox,
    ...more,
  })

type Pages<P extends string> = Readonly<Record<P, Screen>> & Readonly<Record<string, Screen>>
type Table = { readonly [O in OfficeName]: Pages<OfficePage<O>> } & {
  readonly settings: Pages<SettingsPage>
  readonly inbox: Pages<View | 'conversation'>
  readonly join: Pages<'invitation'>
} & Readonly<Record<Place['at'] | 'sign-in', Readonly<Record<string, Screen>>>>

export const table: Table = {
  'sign-in': {
    form: {
      ...office('', '**/api/v1/session', '.sign-in form button.primary'),
      who: 'nobody',
      loading: sees('p.empty'),
      error: never('it asks until somebody answers'),
      offline: never('it asks until somebody answers'),
      forbidden: everybodys,
    },
  },
  join: {
    invitation: {
      ...office('join/{invitation}', '**/api/v1/session/invitation', '[data-testid="join"][data-step="here"]'),
      who: 'nobody',
      error: sees('[data-testid="join"][data-step="unreachable"] button'),
      offline: sees('[data-testid="join"][data-step="unreachable"] button'),
      forbidden: { sees: '[data-testid="join"][data-step="over"]', at: 'join/nobody.made.this' },
    },
  },
  inbox: {
    all: live('', 'ada', {
      empty: sees('[data-testid="queue"] .muted'),
      one: sees('[data-testid="waiting"]'),
      many: sees('[data-testid="waiting"] >> nth=11'),
      loading: never('this browser keeps what the agent had: offline tests'),
      forbidden: noInbox,
    }),
    mine: live('inbox/mine', 'ada', {
      one: sees('.lists [data-view="mine"][aria-current]'),
      loading: never('this browser keeps what the agent had: offline tests'),
      forbidden: noInbox,
    }),
    queues: view('queues', { one: sees('[data-testid="waiting"]') }),
    unassigned: view('unassigned', {
      one: sees('[data-testid="waiting"]'),
      many: sees('[data-testid="waiting"] >> nth=11'),
    }),
    mentioned: view('mentioned', { one: never('a colleague has to name one: colleagues.test.ts') }),
    snoozed: view('snoozed', { one: never('tasks.test.ts lays one aside') }),
    closed: view('closed', { one: never('tasks.test.ts closes one') }),
    search: view('search', { one: sees('.lists input[type="search"]') }),
    conversation: live('conversation/{conversation}', 'ada', {
      one: sees('[data-testid="entry"][data-state="sent"]'),
      loading: sees('article.conv h2'),
      offline: sees('article.conv .linkline'),
      forbidden: { sees: 'main p.empty', at: 'conversation/w97.nobodys' },
    }),
  },
  settings: {
    preferences: settings('preferences', '[name="theme"]'),
    shortcuts: settings('shortcuts', '.shortcuts td button >> nth=9'),
    security: settings('security', '#security-value', {
      asks: '**/api/v1/session/factor',
      loading: waiting,
      error: sees('.err:not(:empty)'),
      offline: sees('.err:not(:empty)'),
    }),
  },
  floor: {
    tables: live('floor', 'olga', {
      one: sees('[data-testid="floor-queues"] tbody tr'),
      many: sees('[data-testid="floor-queues"] tbody tr >> nth=9'),
      offline: never('not held here: it takes as long as a link takes to be lost, see network and floor'),
    }),
    wall: live('floor/wall', 'olga', {
      one: sees('[data-testid="floor-wall"]'),
      many: sees('[data-testid="floor-wall"] > * >> nth=9'),
      offline: never('not held here: it takes as long as a link takes to be lost, see network and floor'),
    }),
  },
  reports: {
    queues: office('reports/queues', '**/api/v1/reports/queues?*', '[data-testid="report-row"]', { empty: nothing }),
    agents: office('reports/agents', '**/api/v1/reports/agents?*', '[data-testid="report-row"]', {
      empty: never('whoever has looked at the console has a row'),
      one: never('nobody has worked yet: office-reports.test.ts has somebody who did'),
    }),
  },
  whatif: {
    day: office('whatif', '**/api/v1/whatif/day?*', '[data-testid="play"]', {
      empty: nothing,
      one: { sees: '[data-testid="play"]', at: 'whatif?zone=UTC&day={today}' },
    }),
  },
  audit: {
    acts: office('audit', '**/api/v1/audit?*', '', {
      empty: { sees: '[data-testid="empty"]', at: 'audit?text=nobody-did-such-a-thing' },
      one: notAlone,
      many: sees('[data-testid="act"] >> nth=2'),
    }),
  },
  staff: {
    people: office('staff', '**/api/v1/staff?*', '', {
      one: notAlone,
      many: sees('[data-testid="member"] >> nth=5'),
    }),
    teams: office('staff/teams', config, '[data-testid="team"]', {
      empty: nothing,
      many: sees('[data-testid="team"] >> nth=11'),
    }),
    add: office('staff/people/~add', null, 'form.form button.primary', { forbidden: noWay }),
    member: office('staff/people/ben', '**/api/v1/staff?*', 'form.form button.primary >> nth=1'),
  },
  operations: {
    status: office('operations', '**/api/ops/*', '[data-testid="status"]', { empty: nothing }),
  },
  keys: {
    keys: office('keys', '**/api/v1/keys?*', '[data-testid="key"]', {
      empty: nothing,
      many: sees('[data-testid="key"] >> nth=4'),
    }),
    secrets: office('keys/secrets', '**/api/v1/secrets', '[data-testid="secret"]'),
  },
  organisation: {
    queues: part('queues', { empty: never('a configuration has a queue') }),
    media: office('organisation/media', config, '', { one: notAlone, many: sees('[data-testid="entry"] >> nth=1') }),
    hours: part('hours'),
    tags: part('tags'),
    dispositions: part('dispositions'),
    replies: part('replies'),
    skills: part('skills'),
    fields: part('fields'),
    customers: part('customers'),
    widget: form('organisation/widget'),
    flows: office('organisation/flows', config, '', {
      one: never('flows.test.ts has one that leads a chat'),
      loading: waiting,
    }),
    work: form('organisation/work'),
    access: form('organisation/access', { forbidden: { sees: '[data-testid="forbidden"]', who: 'mara' } }),
    rules: form('organisation/rules'),
    queue: form('organisation/queues/desk'),
    medium: form('organisation/media/chat'),
    hour: form('organisation/hours/one-1'),
    tag: form('organisation/tags/~new'),
    disposition: form('organisation/dispositions/~new'),
    reply: form('organisation/replies/~new'),
    field: form('organisation/fields/~new'),
  },
  plans: {
    list: office('plans', config, '[data-testid="plan"]', { many: sees('[data-testid="plan"] >> nth=11') }),
    plan: office('plans/chat', config, '[data-testid="rehearsal"]'),
  },
  versions: {
    list: office('versions', '**/api/v1/config/versions?*', '', {
      one: notAlone,
      many: sees('[data-testid="version"] >> nth=2'),
    }),
  },
}

export interface Named {
  readonly name: string
  readonly screen: Screen
}
/** All of them, named as `place/page`. */
export const screens: readonly Named[] = Object.entries(table).flatMap(([place, pages]) =>
  Object.entries(pages).map(([page, screen]) => ({ name: `${place}/${page}`, screen })),
)

/** Where and by whom a state of a screen is seen; undefined when there is no such state. */
export function inState(screen: Screen, state: State) {
  const seen = screen[state]
  return 'never' in seen ? undefined : { at: seen.at ?? screen.at, who: seen.who ?? screen.who, sees: seen.sees }
}
