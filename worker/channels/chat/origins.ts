/** Whether a page may have an organisation's chat. Where the organisation lists none, every page may. */
import type { OrgId } from '../../../core/ids.ts'
import { isListed } from '../../../core/widget/origins.ts'
import type { Env } from '../../env.ts'
import { fromBook } from '../../from-book.ts'
import { problem } from '../../problems.ts'

/** The organisation's list. */
export const originsOf = fromBook<readonly string[]>((config) => config?.widget.origins ?? [])

/**
 * What names no origin is no page of a browser. Our own is the chat's frame, of which browsers themselves know who may
 * have it: see `widgetPage()`.
 */
export async function isWelcome(env: Env, org: OrgId, request: Request): Promise<boolean> {
  const origin = request.headers.get('origin')
  if (origin === null || origin === new URL(request.url).origin) return true
  return isListed(await originsOf(env, org), origin)
}

export const unwelcome = () =>
  problem({
    code: 'forbidden',
    message: 'Pages of this origin may not have this chat: widget.origins lists those that may.',
  })
