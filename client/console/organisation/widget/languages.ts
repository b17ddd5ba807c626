/** The languages in which the chat's own words are written. */
import type { WidgetSettings } from '../../../../core/protocol/widget.ts'

/** Those of our own screens, and any other that has words. */
export const languagesOf = ({ texts }: Pick<WidgetSettings, 'texts'>): readonly string[] => [
  ...new Set(['en', 'zh', ...Object.keys(texts)]),
]

export function nameOfLanguage(language: string): string {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}
