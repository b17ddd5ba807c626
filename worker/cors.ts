/** CORS for what widgets on any shop's page call: every origin, never with cookies. */

const always = { 'access-control-allow-origin': '*', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** The answer to a preflight. */
export const preflight = () =>
  new Response(null, {
    status: 204,
    headers: {
      ...always,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, authorization',
      'access-control-max-age': '86400',
    },
  })

/** Lets any page read the response. */
export function readable(response: Response): Response {
  for (const [name, value] of Object.entries(always)) response.headers.set(name, value)
  return response
}
