/** Switches the language of the console; the choice stays in this browser. */
import { words } from '../../i18n/console.ts'
import { choose, disguise, locale, locales, speak } from '../../i18n/locale.ts'
import { recall, remember } from '../../net/browser.ts'

const key = 'parley.locale'
const names = { en: 'English', zh: '中文' }

export async function recallLanguage(): Promise<void> {
  // A browser that wishes for the pseudo-locale is there to test the screens.
  if (navigator.language === 'ar-XB') {
    disguise.value = (await import('../../i18n/pseudo.ts')).disguised
    document.documentElement.dir = 'rtl'
  }
  return speak(choose([recall(key), ...navigator.languages]))
}

export function LanguageSwitch() {
  return (
    <select
      class="select"
      aria-label={words.value.language}
      value={locale.value}
      onChange={(event) => {
        const chosen = choose([event.currentTarget.value])
        remember(key, chosen)
        void speak(chosen)
      }}
    >
      {locales.map((one) => (
        <option key={one} value={one} lang={one}>
          {names[one]}
        </option>
      ))}
    </select>
  )
}
