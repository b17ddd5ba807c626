/** Where in the console somebody is; the address bar holds it, so that a reload comes back to it. */
import { computed, signal } from '@preact/signals'

export const settingsPages = ['preferences', 'shortcuts', 'security'] as const
export type SettingsPage = (typeof settingsPages)[number]

export type Place =
  | { readonly at: 'inbox'; readonly conversation: string | null }
  | { readonly at: 'settings'; readonly page: SettingsPage }

const conversationIn = /^#\/conversation\/([A-Za-z0-9_.:~-]{1,128})$/
const settingsIn = /^#\/settings(?:\/([a-z-]{1,40}))?$/

/** The place that a fragment names; whatever it does not know is the inbox. */
export function placeOf(hash: string): Place {
  const settings = settingsIn.exec(hash)
  if (settings !== null)
    return { at: 'settings', page: settingsPages.find((page) => page === settings[1]) ?? 'preferences' }
  return { at: 'inbox', conversation: conversationIn.exec(hash)?.[1] ?? null }
}

/** For links. */
export function hashOf(place: Place): string {
  if (place.at === 'settings') return `#/settings/${place.page}`
  return place.conversation === null ? '#/' : `#/conversation/${place.conversation}`
}

export const place = signal<Place>(placeOf(location.hash))

/** The conversation on the screen. */
export const opened = computed(() => (place.value.at === 'inbox' ? place.value.conversation : null))

export function go(to: Place): void {
  const hash = hashOf(to)
  if (hash === hashOf(place.value)) return
  history.pushState(null, '', hash)
  place.value = to
}

export const open = (conversation: string | null): void => go({ at: 'inbox', conversation })

for (const name of ['popstate', 'hashchange'])
  addEventListener(name, () => {
    place.value = placeOf(location.hash)
  })
