/** Where in the console somebody is; the address bar holds it, so that a reload comes back to it. */
import { computed, signal, untracked } from '@preact/signals'
import { hashOf, type InboxPlace, type Place, placeOf, type View } from './address.ts'

export const place = signal<Place>(placeOf(location.hash))

/** The conversation on the screen. */
export const opened = computed(() => (place.value.at === 'inbox' ? place.value.conversation : null))

/** What the list of the inbox shows. */
export const view = computed<{ readonly name: View; readonly query?: string }>(() => {
  const { value } = place
  if (value.at !== 'inbox') return { name: 'all' }
  return { name: value.view ?? 'all', ...(value.query === undefined ? {} : { query: value.query }) }
})

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

/** A conversation within the present view, or nothing. */
function within(conversation: string | null, entry?: number): InboxPlace {
  const { name, query } = view.value
  const shown = { ...(name === 'all' ? {} : { view: name }), ...(query === undefined ? {} : { query }) }
  return { at: 'inbox', conversation, ...shown, ...(entry === undefined ? {} : { entry }) }
}

export const open = (conversation: string | null, entry?: number): void =>
  go(untracked(() => within(conversation, entry)))
export const hrefOf = (conversation: string, entry?: number): string => hashOf(within(conversation, entry))

for (const name of ['popstate', 'hashchange'])
  addEventListener(name, () => {
    place.value = placeOf(location.hash)
  })
