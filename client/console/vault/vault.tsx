/** Keys that programs ask with, and secrets that Parley keeps. */
import { vaultWords } from '../../i18n/vault.ts'
import { officePages } from '../office/names.ts'
import { PageLinks, pageIn } from '../office/pages.tsx'
import type { OfficeProps } from '../office/places.ts'
import { Keys } from './keys.tsx'
import { Secrets } from './secrets.tsx'

export default function Vault({ place }: OfficeProps) {
  const t = vaultWords.value
  const page = pageIn(officePages.keys, place.page)
  return (
    <div class="office" data-testid="vault">
      <h1>{t.title}</h1>
      <PageLinks at="keys" label={t.pagesLabel} pages={officePages.keys} chosen={page} words={t.pages} />
      {page === 'keys' ? <Keys /> : <Secrets />}
    </div>
  )
}
