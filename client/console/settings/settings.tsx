/** The settings: their pages on the left, the chosen one beside them. */
import { useEffect } from 'preact/hooks'
import { words } from '../../i18n/console.ts'
import { hashOf, type SettingsPage, settingsPages } from '../address.ts'
import { place } from '../place.ts'
import { Preferences } from './preferences.tsx'
import { Security } from './security.tsx'
import { Shortcuts } from './shortcuts.tsx'
import './settings.css'

const views: Record<SettingsPage, () => preact.JSX.Element | null> = {
  preferences: Preferences,
  shortcuts: Shortcuts,
  security: Security,
}

export function Settings() {
  const t = words.value.settings
  const page = place.value.at === 'settings' ? place.value.page : 'preferences'
  const View = views[page]
  useEffect(() => document.getElementById('main')?.scrollTo(0, 0), [page])
  return (
    <div class="settings">
      <nav aria-label={t.label}>
        {settingsPages.map((one) => (
          <a
            key={one}
            href={hashOf({ at: 'settings', page: one })}
            {...(one === page ? { 'aria-current': 'page' } : {})}
          >
            {t.pages[one]}
          </a>
        ))}
      </nav>
      <section class="page" aria-labelledby="settings-title">
        <h1 id="settings-title">{t.pages[page]}</h1>
        <View />
      </section>
    </div>
  )
}
