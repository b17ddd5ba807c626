/** What somebody chose for this browser: colours, density, keys. */
import { effect, type Signal, signal } from '@preact/signals'
import { recall, remember } from '../../net/browser.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]
export const switches = ['on', 'off'] as const
export type Switch = (typeof switches)[number]

/** A choice that is kept in this browser; what was kept and is not known any more is the first. */
function choice<T extends string>(key: string, options: readonly [T, ...(readonly T[])]): Signal<T> {
  const kept = recall(`parley.${key}`)
  const chosen = signal<T>(options.find((option) => option === kept) ?? options[0])
  effect(() => remember(`parley.${key}`, chosen.value === options[0] ? null : chosen.value))
  return chosen
}

export const theme = choice('theme', themes)
export const density = choice('density', densities)
/** Commands on single keys, as R for reply. */
export const singleKeys = choice('keys', switches)

/** Of what rings and what is said, while one looks elsewhere. The browser has to allow the notifications, and is asked once. */
export const sounds = choice('sounds', switches)
export const notifies = choice('notifies', ['off', 'on'])

/** Replies can be taken back for some seconds before they go out. */
export const holdsBack = choice('hold-back', ['off', 'on'])

effect(() => {
  const { dataset } = document.documentElement
  if (theme.value === 'system') delete dataset['theme']
  else dataset['theme'] = theme.value
  dataset['density'] = density.value
})
