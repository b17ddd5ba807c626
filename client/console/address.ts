/** The places of the console, and the fragment of an address by which each is known. */
import { type OfficeName, officeNames } from './office/names.ts'

export const settingsPages = ['preferences', 'shortcuts', 'security'] as const
export type SettingsPage = (typeof settingsPages)[number]

/** What the list of the inbox shows; `all`: the work in hand, what is laid aside, and the queues. */
export const views = ['all', 'mine', 'queues', 'unassigned', 'mentioned', 'snoozed', 'closed', 'search'] as const
export type View = (typeof views)[number]

export interface InboxPlace {
  readonly at: 'inbox'
  readonly conversation: string | null
  /** The one that a link has led to. */
  readonly entry?: number
  /** Absent: all. */
  readonly view?: View
  /** Of the view `search`. */
  readonly query?: string
}

export type Place =
  | InboxPlace
  | { readonly at: 'settings'; readonly page: SettingsPage }
  | OfficePlace
  /** Where an invitation leads; nobody needs to be signed in. */
  | { readonly at: 'join'; readonly token: string }
export interface OfficePlace {
  readonly at: OfficeName
  /** Which page of the place, as `agents` or `queues/desk`; '' is its first. */
  readonly page: string
  /** What is chosen there. */
  readonly query: Readonly<Record<string, string>>
}

const conversationIn = /^#\/conversation\/([A-Za-z0-9_.:~-]{1,128})(?:\?(.{0,1000}))?$/
const viewIn = /^#\/inbox\/([a-z]{1,20})(?:\?(.{0,1000}))?$/
const settingsIn = /^#\/settings(?:\/([a-z-]{1,40}))?$/
const joinIn = /^#\/join\/([A-Za-z0-9_.-]{1,1000})$/
const officeIn = /^#\/([a-z]{1,20})(?:\/([A-Za-z0-9_.:~/-]{0,200}))?(?:\?(.{0,1000}))?$/

/** The place that a fragment names; whatever it does not know is the inbox. */
export function placeOf(hash: string): Place {
  const settings = settingsIn.exec(hash)
  if (settings !== null)
    return { at: 'settings', page: settingsPages.find((page) => page === settings[1]) ?? 'preferences' }
  const [, token] = joinIn.exec(hash) ?? []
  if (token !== undefined) return { at: 'join', token }
  const [, name, page = '', query = ''] = officeIn.exec(hash) ?? []
  const at = officeNames.find((one) => one === name)
  if (at !== undefined) return { at, page, query: Object.fromEntries(new URLSearchParams(query)) }
  const [, viewed, asked = ''] = viewIn.exec(hash) ?? []
  if (viewed !== undefined) return inboxOf(null, viewed, new URLSearchParams(asked))
  const [, conversation = null, how = ''] = conversationIn.exec(hash) ?? []
  const said = new URLSearchParams(how)
  return inboxOf(conversation, said.get('view') ?? '', said)
}

function inboxOf(conversation: string | null, viewed: string, said: URLSearchParams): InboxPlace {
  const shown = views.find((one) => one === viewed && one !== 'all')
  const entry = Number(/^[1-9]\d{0,8}$/.exec(said.get('entry') ?? '')?.[0] ?? 0)
  const query = said.get('q') ?? ''
  return {
    at: 'inbox',
    conversation,
    ...(entry === 0 ? {} : { entry }),
    ...(shown === undefined ? {} : { view: shown }),
    ...(query === '' ? {} : { query }),
  }
}

function hashOfInbox({ conversation, entry, view = 'all', query = '' }: InboxPlace): string {
  const said = new URLSearchParams()
  if (conversation !== null && view !== 'all') said.set('view', view)
  if (query !== '') said.set('q', query)
  if (conversation !== null && entry !== undefined) said.set('entry', String(entry))
  const list = view === 'all' ? '#/' : `#/inbox/${view}`
  const way = conversation === null ? list : `#/conversation/${conversation}`
  return `${way}${said.size === 0 ? '' : `?${said}`}`
}

/** For links. */
export function hashOf(place: Place): string {
  if (place.at === 'settings') return `#/settings/${place.page}`
  if (place.at === 'join') return `#/join/${place.token}`
  if (place.at === 'inbox') return hashOfInbox(place)
  const query = new URLSearchParams(place.query).toString()
  return `#/${place.at}${place.page === '' ? '' : `/${place.page}`}${query === '' ? '' : `?${query}`}`
}
