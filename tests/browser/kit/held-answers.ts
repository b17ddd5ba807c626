/** Holds the answers that pages get of the API, the chat's entrance, files and the long poll against the server's reference. */
import type { APIResponse, Browser, BrowserContext, Response as Got, Page } from 'playwright-core'
import { described, referenceAt } from '../../support/held-fetch.ts'
import { wrongWith } from '../../support/reference.ts'

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

/** How long answers that have begun may take to come whole at the end of a context, in ms. */
const READ_WITHIN = 5_000

/** Holds all that the pages of this browser will get: the end of a context, or of the browser, fails over what was wrong. */
export function holdContexts(browser: Browser): Browser {
  const { newContext, close } = browser
  browser.newContext = async (options) => hold(await newContext.call(browser, options))
  browser.close = async (options) => {
    for (const context of browser.contexts()) await context.close()
    await close.call(browser, options)
  }
  return browser
}

function hold(context: BrowserContext): BrowserContext {
  const checks: Promise<string | undefined>[] = []
  const { close } = context
  context.on('response', (got) => {
    if (described.test(new URL(got.url()).pathname)) checks.push(check(got))
  })
  context.close = async (options) => {
    // With its pages go the answers that nobody has read yet; of one that never ends nothing more is to be known.
    await Promise.race([Promise.all(checks), new Promise((done) => setTimeout(done, READ_WITHIN).unref())])
    await close.call(context, options)
    const wrongs = (await Promise.all(checks)).filter((wrong) => wrong !== undefined)
    if (wrongs.length > 0) throw new Error(`not as documented: ${wrongs.join('; ')}`)
  }
  return context
}

/** What is not as documented. */
async function check(got: Got): Promise<string | undefined> {
  const status = got.status()
  const headers = got.headers()
  // In front of a server that is being restarted somebody else answers.
  if (status >= 500 && headers['content-type']?.includes('problem+json') !== true) return undefined
  const response = await asFetched(got, status, headers)
  const [method, url] = [got.request().method(), new URL(got.url())]
  const wrong = response && (await wrongWith(await referenceAt(url.origin), method, url, response))
  return wrong && `${method} ${url.pathname}: ${wrong}`
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
