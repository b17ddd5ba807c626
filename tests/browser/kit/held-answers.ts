/** Holds the answers that pages get of the API, the chat's entrance and the long poll against the server's reference. */
import type { BrowserContext, Response as Got } from 'playwright-core'
import { type Reference, wrongWith } from '../../support/reference.ts'

const described = /^\/(api|channels|poll)\//

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
