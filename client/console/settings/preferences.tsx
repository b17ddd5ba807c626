/** The page on which somebody makes the console their own. */
import { words } from '../../i18n/console.ts'
import { LanguageSwitch } from '../frame/language.tsx'
import { Choice } from './choice.tsx'
import { densities, density, holdsBack, switches, theme, themes } from './preferences.ts'

export function Preferences() {
  const t = words.value.settings
  return (
    <>
      <p class="lead">{t.here}</p>
      <div class="field">
        <span class="label">{words.value.language}</span>
        <LanguageSwitch />
      </div>
      <Choice name="theme" label={t.theme} options={themes} chosen={theme} words={t.themes} />
      <Choice name="density" label={t.density} options={densities} chosen={density} words={t.densities} />
      <Choice name="hold-back" label={t.holdBack} options={switches} chosen={holdsBack} words={t.switches} />
    </>
  )
}
