/** How the chat looks and speaks in one language: what an organisation set, made safe to read. */
import { own } from '../own.ts'
import type { Config } from '../protocol/config.ts'
import type { Brand, WidgetLook, WidgetSettings, WidgetTexts } from '../protocol/widget.ts'

/** What widgets are told of the configuration. */
export function lookOf({ widget }: Pick<Config, 'widget'>, locale: string): WidgetLook {
  const { accent, accentDark = accent } = widget.colours
  return {
    position: widget.position,
    offset: widget.offset,
    launcher: widget.launcher,
    texts: textsFor(widget.texts, locale),
    ...(widget.preChat.length === 0 ? {} : { asks: true }),
    ...(widget.typingPreview ? { typingPreview: true } : {}),
    ...(accent === undefined ? {} : { light: brandOf(accent) }),
    ...(accentDark === undefined ? {} : { dark: brandOf(accentDark) }),
  }
}

/** What the button is called where the organisation has no word for it. */
export const launcherName = (locale: string): string => (locale.toLowerCase().startsWith('zh') ? '在线咨询' : 'Chat')

export const textsFor = (texts: WidgetSettings['texts'], locale: string): WidgetTexts => wordsFor(texts, locale) ?? {}

/** The words for a reader: of the very language, else of the same without script and country. */
export function wordsFor<T>(all: Readonly<Record<string, T>>, locale: string): T | undefined {
  const [language = ''] = locale.split('-')
  const written = Object.keys(all).find((key) => key.toLowerCase() === locale.toLowerCase())
  const found = written ?? Object.keys(all).find((key) => key === language.toLowerCase())
  return found === undefined ? undefined : own(all, found)
}

/** A colour with what is written on it: white where that can be read (WCAG 2.2 AA, 4.5 to 1), else black, which then can. */
export function brandOf(colour: string): Brand {
  return { brand: colour, on: contrast(colour, white) >= READABLE ? white : black }
}

const white = '#ffffff'
const black = '#000000'
const READABLE = 4.5

/** Contrast of two colours as #1a2b3c, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
