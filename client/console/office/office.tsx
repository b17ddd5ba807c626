/** A place beside the inbox: loads it when somebody goes there, and shows it to those who may be there. */
import { useSignal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { officeWords } from '../../i18n/office.ts'
import type { OfficePlace } from '../place.ts'
import type { OfficeName } from './names.ts'
import { mayEnter, type OfficeProps, offices } from './places.ts'
import { Forbidden, Waiting } from './shown.tsx'

const loaded = new Map<OfficeName, FunctionComponent<OfficeProps>>()

export function Office({ place }: { readonly place: OfficePlace }) {
  const failed = useSignal(false)
  const View = loaded.get(place.at)
  const came = useSignal(0)
  const load = async () => {
    failed.value = false
    try {
      loaded.set(place.at, (await offices[place.at].load()).default)
      came.value += 1
    } catch {
      failed.value = true
    }
  }
  useEffect(() => {
    if (View === undefined && mayEnter(place.at)) void load()
  }, [place.at])
  useEffect(() => document.getElementById('main')?.scrollTo(0, 0), [place.at, place.page])
  if (!mayEnter(place.at)) return <Forbidden />
  if (View !== undefined) return <View place={place} />
  if (!failed.value) return <Waiting />
  const t = officeWords.value
  return (
    <div class="state" role="alert">
      <p>{t.notLoaded}</p>
      <button type="button" class="btn line" onClick={() => void load()}>
        {t.again}
      </button>
    </div>
  )
}
