/** Who works here, what they may do, which work they get, and in which team. */
import { peopleWords } from '../../i18n/people.ts'
import { type OfficePage, officePages } from '../office/names.ts'
import { PageLinks, pageIn } from '../office/pages.tsx'
import { mayDo, type OfficeProps } from '../office/places.ts'
import { Add } from './add.tsx'
import { Member } from './member.tsx'
import { People } from './people.tsx'
import { Teams } from './teams.tsx'

export default function Staff({ place }: OfficeProps) {
  const t = peopleWords.value
  const pages = mayDo('config.publish') ? officePages.staff : (['people'] as const)
  const page = pageIn<OfficePage<'staff'>>(pages, place.page)
  return (
    <div class="office" data-testid="staff">
      <h1>{t.title}</h1>
      {pages.length > 1 && <PageLinks at="staff" label={t.pagesLabel} pages={pages} chosen={page} words={t.pages} />}
      {page === 'teams' ? <Teams /> : <PeoplePage which={place.page.split('/')[1] ?? ''} />}
    </div>
  )
}

/** `people` is the list, `people/~add` the form for somebody new, `people/<id>` somebody. */
function PeoplePage({ which }: { readonly which: string }) {
  if (which === '') return <People />
  return which === '~add' ? <Add /> : <Member key={which} id={which} />
}
