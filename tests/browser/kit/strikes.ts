/** What hostile words must not have brought about: in a page, and against the browser's own objections. */
import type { BrowserContext, Page } from 'playwright-core'

/** Everything in any frame of a page that only somebody else's words can have put there. */
export async function strikes(page: Page): Promise<unknown[]> {
  const inFrame = () => {
    const foreign =
      'math, iframe[srcdoc], object, embed, base, meta[http-equiv="refresh" i], img[src="x"], form[action*="evil"], script:not([src])'
    const found = [...document.querySelectorAll(foreign)]
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        const leads = ['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name)
        if (name.startsWith('on') || (leads && /^\s*(javascript|vbscript|data:text)/i.test(value))) found.push(element)
      }
    const seen = found.map(({ outerHTML }) => outerHTML.slice(0, 120))
    return 'struck' in window ? [...seen, 'something ran'] : seen
  }
  return (await Promise.all(page.frames().map((frame) => frame.evaluate(inFrame)))).flat()
}

/** From now on: dialogs, and whatever a browser's policy has stopped, in all pages and frames of a context. */
export async function watch(context: BrowserContext): Promise<readonly string[]> {
  const complaints: string[] = []
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, sample, blockedURI }) => {
      console.error(`a violation: ${violatedDirective} ${blockedURI} ${sample}`)
    })
  })
  context.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('console', (message) => {
    if (/Content Security Policy|a violation: /i.test(message.text())) complaints.push(message.text())
  })
  return complaints
}
