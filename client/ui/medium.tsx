/** What kind of work something is, where it is no chat. */
import { mediumName } from '../i18n/media.ts'
import { consoleIds } from './testids.ts'

export function MediumPill({ work }: { readonly work: string | undefined }) {
  if (work === undefined || work === 'chat') return null
  return (
    <span class="pill" data-testid={consoleIds.medium} data-medium={work}>
      {mediumName(work)}
    </span>
  )
}
