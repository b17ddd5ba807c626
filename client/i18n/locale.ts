/** Which language the page speaks, and how it writes numbers of things and times. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'

export const locales = ['en', 'zh'] as const
export type Locale = (typeof locales)[number]

/** The first of the wishes that we speak. */
export function choose(wishes: readonly (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const found = locales.find((locale) => wish?.toLowerCase().split('-')[0] === locale)
    if (found) return found
  }
  return 'en'
}

export const locale = signal<Locale>('en')

const before: Record<Locale, (() => Promise<void>)[]> = { en: [], zh: [] }
let latest: Locale = 'en'

/** `fetch` brings words that are needed to speak it. */
export function beforeSpeaking(of: Locale, fetch: () => Promise<void>): void {
  before[of].push(fetch)
}

/** Kept when the words are there, or cannot be had. */
export async function speak(next: Locale): Promise<void> {
  latest = next
  if (before[next].length > 0) await Promise.allSettled(before[next].map((fetch) => fetch()))
  if (latest !== next) return
  locale.value = next
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : next
}

/** What becomes of each catalogue where somebody looks at the screens in a pseudo-locale; see pseudo.ts. */
export const disguise = signal<(<T extends object>(words: T) => T) | null>(null)

/** The messages of the chosen language, out of one catalogue for each. */
export function catalogue<T extends object>(all: Record<Locale, T>): ReadonlySignal<T> {
  return computed(() => disguise.value?.(all[locale.value]) ?? all[locale.value])
}

const rules = { en: new Intl.PluralRules('en'), zh: new Intl.PluralRules('zh') }

/** `#` stands for the number. */
export function plural(of: Locale, n: number, forms: { one?: string; other: string }): string {
  const form = rules[of].select(n) === 'one' ? forms.one : undefined
  return (form ?? forms.other).replace('#', new Intl.NumberFormat(of).format(n))
}

/** One for each language: to make one costs a hundred times what it costs to use it. */
const clock = computed(() => new Intl.DateTimeFormat(locale.value, { hour: 'numeric', minute: '2-digit' }))
const dayAndClock = computed(() => new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }))

export const clockTime = (at: number): string => clock.value.format(at)

/** Day and time of the day, in the reader's own zone. */
export const dateTime = (at: number): string => dayAndClock.value.format(at)

/** `4:07`, `1:02:33`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
