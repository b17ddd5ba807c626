/** The page on which somebody makes the console their own. */
import { useEffect } from 'preact/hooks'
import { words } from '../../i18n/console.ts'
import { askPermission, permission } from '../alerts.ts'
import { LanguageSwitch } from '../frame/language.tsx'
import { Choice } from './choice.tsx'
import { densities, density, holdsBack, notifies, sounds, switches, theme, themes } from './preferences.ts'

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
      <Choice name="sounds" label={t.sounds} options={switches} chosen={sounds} words={t.switches} />
      <Choice name="notifies" label={t.notifies} options={switches} chosen={notifies} words={t.switches} />
      <Allowed />
      <Choice name="hold-back" label={t.holdBack} options={switches} chosen={holdsBack} words={t.switches} />
    </>
  )
}

/** The browser is asked when somebody wants to be notified; where it will not, that is said. */
function Allowed() {
  const wanted = notifies.value === 'on'
  useEffect(() => {
    if (wanted && permission.peek() === 'default') void askPermission()
  }, [wanted])
  if (!wanted || permission.value === 'granted' || permission.value === 'default') return null
  return (
    <p class="muted" role="status">
      {words.value.settings.notAllowed}
    </p>
  )
}
