/** The console as a whole: the sign-in form, or the one screen. */
import { useEffect } from 'preact/hooks'
import { words } from '../i18n/console.ts'
import { account } from './account.ts'
import { Banners, Bar } from './frame/bar.tsx'
import { Rail } from './frame/rail.tsx'
import { Conversation } from './inbox/conversation.tsx'
import { Lists } from './inbox/lists.tsx'
import { Offers } from './inbox/offers.tsx'
import { Keys } from './keys/keys.tsx'
import { lazy } from './office/lazy.tsx'
import { Office } from './office/office.tsx'
import { shown } from './office/places.ts'
import { opened, place } from './place.ts'
import { MustEnrol } from './settings/security.tsx'
import { Settings } from './settings/settings.tsx'
import { SignIn } from './sign-in.tsx'
import { trouble } from './work.ts'

const Join = lazy(() => import('./join.tsx'))

export function App() {
  const t = words.value
  useEffect(() => {
    document.title = t.title
  }, [t])
  if (place.value.at === 'join') return <Join token={place.value.token} />
  if (account.value === undefined) return <p class="empty muted">{t.loading}</p>
  if (account.value === null) return <SignIn />
  if (account.value.mustEnrol) return <MustEnrol />
  const here = shown(place.value)
  return (
    <div class={`screen ${opened.value === null ? '' : 'view-conv'}`}>
      <button type="button" class="skip" onClick={skip}>
        {t.skip}
      </button>
      <Bar />
      <Banners />
      <Rail />
      {here.at === 'inbox' && <Lists />}
      <main class={here.at === 'inbox' ? 'work' : 'work wide'} id="main" tabIndex={-1}>
        {here.at === 'inbox' ? (
          <Conversation />
        ) : here.at === 'settings' ? (
          <Settings />
        ) : here.at === 'join' ? null : (
          <Office place={here} />
        )}
      </main>
      <Offers />
      <Keys />
      <Trouble />
    </div>
  )
}

/** No link, because the fragment of the address names the open conversation. */
function skip(): void {
  document.getElementById('main')?.focus()
}

function Trouble() {
  const t = words.value
  return (
    <div class="trouble" role="alert">
      {trouble.value !== '' && (
        <p class="pop">
          <span class="grow">{t.failed(trouble.value)}</span>
          <button type="button" class="btn sm" onClick={() => (trouble.value = '')}>
            {t.dismiss}
          </button>
        </p>
      )}
    </div>
  )
}
