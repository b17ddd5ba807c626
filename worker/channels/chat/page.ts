/** `/widget/*`: the page in the frame, which browsers show only within pages that its organisation lists. */
import { asId, type OrgId } from '../../../core/ids.ts'
import { type WidgetLook, WidgetSettings } from '../../../core/protocol/widget.ts'
import { launcherName, lookOf } from '../../../core/widget/look.ts'
import { nudgesOf } from '../../../core/widget/nudges.ts'
import { ancestorsOf } from '../../../core/widget/origins.ts'
import type { Env } from '../../env.ts'
import { isOrganisation, recentConfig } from '../../from-book.ts'
import { problem } from '../../problems.ts'
import { isWelcome, originsOf, unwelcome } from './origins.ts'
import { isOrganisationId } from './session.ts'

/** Nothing but the page itself may be framed. */
export async function widgetPage(request: Request, env: Env): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  if (pathname !== '/widget/') return env.ASSETS.fetch(request)
  // Nothing of a condition: an answer without a body would leave the browser with the policy it has.
  const page = await env.ASSETS.fetch(new Request(request.url))
  const organisation = searchParams.get('organisation') ?? ''
  const origins = isOrganisationId(organisation) ? await originsOf(env, asId<OrgId>(organisation)) : []
  const policy = (page.headers.get('content-security-policy') ?? '').split(/;\s*/)
  const rest = policy.filter((directive) => directive !== '' && !directive.startsWith('frame-ancestors'))
  const headers = new Headers(page.headers)
  headers.set('content-security-policy', [...rest, ancestorsOf(origins) ?? []].flat().join('; '))
  headers.set('cache-control', 'no-store')
  headers.delete('etag')
  headers.delete('cross-origin-opener-policy')
  return new Response(request.method === 'HEAD' ? null : page.body, { status: page.status, headers })
}

/**
 * `GET /channels/chat/:organisation/page`: how the chat looks, if the page that asks may show it at all; so that nothing is
 * drawn where it would be refused. Browsers remember the answer for five seconds; what counts is checked each time.
 */
export async function askForPage(request: Request, env: Env, organisation: string): Promise<Response> {
  if (!(await isOrganisation(env, organisation)))
    return problem({ code: 'not_found', message: 'There is no such organisation.' })
  if (!(await isWelcome(env, asId<OrgId>(organisation), request))) return unwelcome()
  const config = await recentConfig(env, asId<OrgId>(organisation))
  const locale = new URL(request.url).searchParams.get('locale') ?? ''
  const known = config ?? { widget: WidgetSettings.parse({}), hours: {} }
  const look = lookOf(known, locale)
  const nudges = nudgesOf(known, locale, Date.now())
  const answer: WidgetLook = {
    ...look,
    label: look.texts.launcher ?? launcherName(locale),
    ...(nudges.length === 0 ? {} : { nudges }),
  }
  return Response.json(answer, { headers: { 'cache-control': 'private, max-age=5', vary: 'origin' } })
}
