/** A browser as far as signing in needs one: cookies by host, redirects by hand, forms by their fields. */
import { fetchAny } from '../support/held-fetch.ts'

export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>()

  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const { host, origin } = new URL(url)
    const jar = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, jar)
    const headers = new Headers({ origin, ...Object.fromEntries(new Headers(init.headers)) })
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetchAny(url, { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  /** Asks with a JSON body; throws on a refusal. */
  async send(method: string, url: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
    const answer = await this.ask(url, { method, headers, body: JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  /** Goes where it is led, filling in the provider's forms, until `end` is reached; the last address. */
  async follow(start: string, login: string, end: RegExp): Promise<string> {
    let url = start
    for (let hops = 0; hops < 20; hops += 1) {
      let response = await this.ask(url)
      if (response.status === 200) {
        const page = await response.text()
        const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
        const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? ''
        const body = new URLSearchParams({ prompt, login, password: 'any' })
        response = await this.ask(new URL(action, url).href, { method: 'POST', body })
      }
      const location = response.headers.get('location')
      if (location === null) throw new Error(`${url} leads nowhere: ${response.status} ${await response.text()}`)
      url = new URL(location, url).href
      if (end.test(url)) return url
    }
    throw new Error(`never arrived: ${url}`)
  }
}
