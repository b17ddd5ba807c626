/** Which pages may have an organisation's chat: its list of origins, for us to check and for browsers to be told. */

/** Whether a page of `origin` is on the list; each is, when there is none. `*.` stands for names below, never for none. */
export function isListed(origins: readonly string[], origin: string): boolean {
  if (origins.length === 0) return true
  return origins.some((listed) => {
    const [scheme = '', host = ''] = withoutUsualPort(listed).split('//')
    if (!host.startsWith('*.')) return origin === `${scheme}//${host}`
    const before = origin.slice(0, -(host.length - 1))
    return origin.endsWith(host.slice(1)) && before.startsWith(`${scheme}//`) && before.length > scheme.length + 2
  })
}

/** The `frame-ancestors` of the chat's page, as Content Security Policy has it; undefined: everybody. */
export function ancestorsOf(origins: readonly string[]): string | undefined {
  return origins.length === 0 ? undefined : `frame-ancestors 'self' ${origins.join(' ')}`
}

/** Browsers leave it out of an origin. */
const withoutUsualPort = (origin: string) => origin.replace(/^(https:.*):443$/, '$1').replace(/^(http:.*):80$/, '$1')
