/** A place beside the inbox: loads it when somebody goes there, and shows it to those who may be there. */
import { signal, useSignal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { officeWords } from '../../i18n/office.ts'
import type { OfficePlace } from '../place.ts'
import type { OfficeName } from './names.ts'
import { mayEnter, type OfficeProps, offices } from './places.ts'
import { Forbidden, Waiting } from './shown.tsx'

const loaded = signal<ReadonlyMap<OfficeName, FunctionComponent<OfficeProps>>>(new Map())

export function Office({ place }: { readonly place: OfficePlace }) {
  const failed = useSignal(false)
  const View = loaded.value.get(place.at)
  const load = async () => {
    failed.value = false
    try {
      const { default: Came } = await offices[place.at].load()
      loaded.value = new Map([...loaded.peek(), [place.at, Came]])
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
