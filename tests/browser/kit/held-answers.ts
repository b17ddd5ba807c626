/** Holds the answers that pages get of the API, the chat's entrance, files and the long poll against the server's reference. */
import type { APIResponse, BrowserContext, Response as Got, Page } from 'playwright-core'
import { described, referenceAt } from '../../support/held-fetch.ts'
import { type Reference, wrongWith } from '../../support/reference.ts'

/** Asks in the name of whoever is signed in to this browser, beside its page. */
export async function askAs(page: Page, url: string, options: Asked = {}): Promise<APIResponse> {
  const answer = await page.request.fetch(url, options)
  const { method = 'GET' } = options
  const body = answer.status() === 204 ? null : new Uint8Array(await answer.body())
  const response = new Response(body, { status: answer.status(), headers: answer.headers() })
  const address = new URL(url)
  const wrong = await wrongWith(await referenceAt(address.origin), method, address, response)
  if (wrong !== undefined) throw new Error(`${method} ${address.pathname} is not as documented: ${wrong}`)
  return answer
}

interface Asked {
  readonly method?: string
  readonly data?: object
  readonly headers?: Record<string, string>
}

export class HeldAnswers {
  readonly #document: Reference
  readonly #checks: Promise<string | undefined>[] = []

  constructor(document: Reference) {
    this.#document = document
  }

  /** From now on all pages of this context. */
  watch(context: BrowserContext): void {
    context.on('response', (got) => {
      if (described.test(new URL(got.url()).pathname)) this.#checks.push(this.#check(got))
    })
  }

  /** What was not as documented. */
  async wrongs(): Promise<string[]> {
    return (await Promise.all(this.#checks)).filter((wrong) => wrong !== undefined)
  }

  async #check(got: Got): Promise<string | undefined> {
    const status = got.status()
    const headers = got.headers()
    // In front of a server that is being restarted somebody else answers.
    if (status >= 500 && headers['content-type']?.includes('problem+json') !== true) return undefined
    const response = await asFetched(got, status, headers)
    const [method, url] = [got.request().method(), new URL(got.url())]
    const wrong = response && (await wrongWith(this.#document, method, url, response))
    return wrong && `${method} ${url.pathname}: ${wrong}`
  }
}

/** Undefined when the page was gone before it had all of it. */
async function asFetched(got: Got, status: number, headers: Record<string, string>): Promise<Response | undefined> {
  if (status === 204) return new Response(null, { status, headers })
  try {
    return new Response(new Uint8Array(await got.body()), { status, headers })
  } catch {
    return undefined
  }
}
