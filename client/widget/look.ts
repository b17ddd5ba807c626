/** How the organisation wants its chat to look; until that is known, and where it cannot be had, the chat looks as ever. */
import { signal } from '@preact/signals'
import type { WidgetLook } from '../../core/protocol/widget.ts'
import { organisation, wishedLocale } from './host.ts'

export type Look = Pick<WidgetLook, 'texts' | 'asks' | 'typingPreview' | 'light' | 'dark'>

/** The chat does not wait longer than this for its colours, in ms. */
const WITHIN = 3_000

/** Whose words are wished for: of the organisation's own texts there may be more languages than of ours. */
export const reader = signal(wishedLocale ?? navigator.language)

export const look = signal<Look>({ texts: {} })

/** Asks for it, and puts the colours on the page: by name and value, so that no text of theirs becomes a style sheet. */
export async function dress(locale: string): Promise<void> {
  reader.value = locale
  const path = `/channels/chat/${encodeURIComponent(organisation)}/page?locale=${encodeURIComponent(locale)}`
  try {
    const answer = await fetch(path, { signal: AbortSignal.timeout(WITHIN) })
    if (!answer.ok) return
    const found: Look = await answer.json()
    wear(found)
  } catch {
    // It looks as ever.
  }
}

export function wear(next: Look): void {
  look.value = next
  paint('light', next.light)
  paint('dark', next.dark)
}

/** As the page has it, or as the reader's system has it. */
export function setTheme(theme: string | null): void {
  const { dataset } = document.documentElement
  if (theme === 'light' || theme === 'dark') dataset['theme'] = theme
  else delete dataset['theme']
}

function paint(theme: 'light' | 'dark', brand: Look['light']): void {
  const { style } = document.documentElement
  const set = (name: string, colour: string | undefined) =>
    colour === undefined ? style.removeProperty(name) : style.setProperty(name, colour)
  set(`--brand-${theme}`, brand?.brand)
  set(`--on-brand-${theme}`, brand?.on)
  set(`--over-brand-${theme}`, brand && (brand.on === '#ffffff' ? '#000000' : '#ffffff'))
}
