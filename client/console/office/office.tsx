/** A place beside the inbox, for those who may be there. */
import { useEffect } from 'preact/hooks'
import type { OfficePlace } from '../address.ts'
import { mayEnter, offices } from './places.ts'
import { Forbidden } from './shown.tsx'

export function Office({ place }: { readonly place: OfficePlace }) {
  useEffect(() => document.getElementById('main')?.scrollTo(0, 0), [place.at, place.page])
  if (!mayEnter(place.at)) return <Forbidden />
  const { View } = offices[place.at]
  return <View key={place.at} place={place} />
}
