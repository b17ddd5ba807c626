/** Where in the console somebody is; the address bar holds it, so that a reload comes back to it. */
import { computed, signal } from '@preact/signals'
import { type OfficeName, officeNames } from './office/names.ts'

export const settingsPages = ['preferences', 'shortcuts', 'security'] as const
export type SettingsPage = (typeof settingsPages)[number]

export type Place =
  /** `entry`: the one that a link has led to. */
  | { readonly at: 'inbox'; readonly conversation: string | null; readonly entry?: number }
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

const conversationIn = /^#\/conversation\/([A-Za-z0-9_.:~-]{1,128})(?:\?entry=([1-9][0-9]{0,8}))?$/
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
  const [, conversation = null, entry] = conversationIn.exec(hash) ?? []
  return { at: 'inbox', conversation, ...(entry === undefined ? {} : { entry: Number(entry) }) }
}

/** For links. */
export function hashOf(place: Place): string {
  if (place.at === 'settings') return `#/settings/${place.page}`
  if (place.at === 'join') return `#/join/${place.token}`
  if (place.at === 'inbox') {
    const { conversation, entry } = place
    return conversation === null
      ? '#/'
      : `#/conversation/${conversation}${entry === undefined ? '' : `?entry=${entry}`}`
  }
  const query = new URLSearchParams(place.query).toString()
  return `#/${place.at}${place.page === '' ? '' : `/${place.page}`}${query === '' ? '' : `?${query}`}`
}

export const place = signal<Place>(placeOf(location.hash))

/** The conversation on the screen. */
export const opened = computed(() => (place.value.at === 'inbox' ? place.value.conversation : null))

/** The entry that a link has led to. */
export const found = computed(() => (place.value.at === 'inbox' ? (place.value.entry ?? null) : null))

/** `replace`: the way back leads past where we are now. */
export function go(to: Place, how: 'push' | 'replace' = 'push'): void {
  const hash = hashOf(to)
  if (hash === hashOf(place.value)) return
  if (how === 'push') history.pushState(null, '', hash)
  else history.replaceState(null, '', hash)
  place.value = to
}

export const open = (conversation: string | null, entry?: number): void =>
  go({ at: 'inbox', conversation, ...(entry === undefined ? {} : { entry }) })

for (const name of ['popstate', 'hashchange'])
  addEventListener(name, () => {
    place.value = placeOf(location.hash)
  })
