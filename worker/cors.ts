/** CORS for what widgets on any shop's page call: every origin, never with cookies. */

const always = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' }

/** The answer to a preflight. */
export const preflight = () =>
  new Response(null, {
    status: 204,
    headers: {
      ...always,
      'cache-control': 'no-store',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, authorization',
      'access-control-max-age': '86400',
    },
  })

/** Lets any page read the response; no cache keeps it, unless it says otherwise. */
export function readable(response: Response): Response {
  for (const [name, value] of Object.entries(always)) response.headers.set(name, value)
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  return response
}
