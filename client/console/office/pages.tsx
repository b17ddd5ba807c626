/** The pages of a place, as links in a row. */
import { useEffect, useRef } from 'preact/hooks'
import { hashOf } from '../address.ts'
import type { OfficeName } from './names.ts'

interface PagesProps<P extends string> {
  readonly at: OfficeName
  readonly label: string
  readonly pages: readonly P[]
  readonly chosen: P
  readonly words: Readonly<Record<P, string>>
}

export function PageLinks<P extends string>({ at, label, pages, chosen, words }: PagesProps<P>) {
  const links = useRef<HTMLElement>(null)
  // On a phone the pages may be more than fit.
  useEffect(() => {
    links.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [chosen])
  return (
    <nav class="pages" aria-label={label} ref={links}>
      {pages.map((page) => (
        <a
          key={page}
          href={hashOf({ at, page, query: {} })}
          {...(page === chosen ? { 'aria-current': 'page' as const } : {})}
        >
          {words[page]}
        </a>
      ))}
    </nav>
  )
}

/** The page that an address names; the first one for what it does not know. */
export const pageIn = <P extends string>(pages: readonly [P, ...P[]], page: string): P =>
  pages.find((one) => one === page.split('/')[0]) ?? pages[0]
