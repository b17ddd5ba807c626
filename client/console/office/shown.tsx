/** What stands in the place of an answer while it is not there, and why it may not come. */
import type { ComponentChildren } from 'preact'
import { faultText } from '../../i18n/faults.ts'
import { officeWords } from '../../i18n/office.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Answer, Pages } from './answer.ts'

interface ShownProps<T> {
  readonly answer: Answer<T>
  readonly children: (value: T) => ComponentChildren
}

export function Shown<T>({ answer, children }: ShownProps<T>) {
  const t = officeWords.value
  const { now, again } = answer
  if (now.at === 'there') return <>{children(now.value)}</>
  if (now.at === 'asking') return <Waiting />
  if (now.status === 403) return <Forbidden />
  return (
    <div class="state" role="alert">
      <Icon name="warn" />
      <p>{now.status === 0 ? t.unreachable : faultText(now)}</p>
      <button type="button" class="btn line" onClick={() => void again()}>
        {t.again}
      </button>
    </div>
  )
}

/** Nothing for the first moments: what is there soon shall not flicker. */
export function Waiting() {
  return (
    <p class="state late muted" role="status">
      {officeWords.value.loading}
    </p>
  )
}

export function Forbidden() {
  const t = officeWords.value
  return (
    <div class="state" data-testid="forbidden">
      <Icon name="lock" />
      <h2>{t.forbidden}</h2>
      <p class="muted">{t.forbiddenWhy}</p>
    </div>
  )
}

/** Nothing is there: what that means, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="state" data-testid="empty">
      <h2>{title}</h2>
      <div class="muted">{children}</div>
    </div>
  )
}

export function More({ pages: { more } }: { readonly pages: Pages<unknown> }) {
  if (more === null) return null
  return (
    <button type="button" class="btn line more" onClick={() => void more()}>
      {officeWords.value.more}
    </button>
  )
}
