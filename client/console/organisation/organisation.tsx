/** What the organisation sets up: each part a list and a form, published as a version of the configuration. */

import type { Config } from '../../../core/protocol/config.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { useConfig } from '../office/config.ts'
import { lazy } from '../office/lazy.tsx'
import { type OfficePage, officePages } from '../office/names.ts'
import { PageLinks, pageIn } from '../office/pages.tsx'
import { mayDo, type OfficeProps } from '../office/places.ts'
import { Forbidden, Shown } from '../office/shown.tsx'
import { Access } from './access.tsx'
import { hours } from './hours.tsx'
import { Media } from './media.tsx'
import { queues } from './queues.tsx'
import { Rules } from './rules.tsx'
import { type ConfigBook, SectionPage } from './section.tsx'
import { WidgetLookForm } from './widget/widget.tsx'
import { customerFields, dispositions, fields, replies, skills, tags } from './words.tsx'
import { WorkRules } from './work-rules.tsx'

type Page = OfficePage<'organisation'>

/** What reads YAML is needed nowhere else. */
const Flows = lazy(() => import('../flows/flows.tsx'))

export default function Organisation({ place }: OfficeProps) {
  const t = organisationWords.value
  const pages = officePages.organisation.filter((page) => page !== 'access' || mayDo('config.session'))
  const page = pageIn<Page>(officePages.organisation, place.page)
  const which = place.page.split('/')[1] ?? ''
  const book = useConfig()
  return (
    <div class="office" data-testid="organisation">
      <h1>{t.title}</h1>
      <PageLinks at="organisation" label={t.pagesLabel} pages={pages} chosen={page} words={t.pages} />
      <p class="lead">
        {t.leads[page]} {t.publishLead}
      </p>
      <Shown answer={book}>
        {({ config }) => <PartPage key={page} page={page} which={which} book={book} config={config} />}
      </Shown>
    </div>
  )
}

interface PartProps {
  readonly page: Page
  readonly which: string
  readonly book: ConfigBook
  readonly config: Config
}

function PartPage({ page, ...rest }: PartProps) {
  switch (page) {
    case 'queues':
      return <SectionPage of={queues} {...rest} />
    case 'media':
      return <Media {...rest} />
    case 'hours':
      return <SectionPage of={hours} {...rest} />
    case 'tags':
      return <SectionPage of={tags} {...rest} />
    case 'dispositions':
      return <SectionPage of={dispositions} {...rest} />
    case 'replies':
      return <SectionPage of={replies} {...rest} />
    case 'skills':
      return <SectionPage of={skills} {...rest} />
    case 'fields':
      return <SectionPage of={fields} {...rest} />
    case 'customers':
      return <SectionPage of={customerFields} {...rest} />
    case 'widget':
      return <WidgetLookForm book={rest.book} config={rest.config} />
    case 'flows':
      return <Flows {...rest} />
    case 'work':
      return <WorkRules book={rest.book} config={rest.config} />
    case 'access':
      return mayDo('config.session') ? <Access book={rest.book} config={rest.config} /> : <Forbidden />
    case 'rules':
      return <Rules book={rest.book} config={rest.config} />
  }
}
