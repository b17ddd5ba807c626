/** The button on a shop's page that opens the chat, kept apart from the page's own style. */
import css from './launcher.css' with { type: 'text' }

/** No name that a page's style could mean. */
export const host = document.createElement('parley-chat')
export const root = host.attachShadow({ mode: 'open' })
export const button = document.createElement('button')
const count = document.createElement('b')

// A constructed sheet needs no permission from the page's content security policy.
const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
root.adoptedStyleSheets = [sheet]
button.type = 'button'
button.ariaHasPopup = 'dialog'
button.dataset['testid'] = 'launcher'
button.append(count)
root.append(button)

/** What the page's title begins with while words wait and nobody looks at it. */
const mark = /^\(\d+\)\u00a0/

/** How many words wait to be read: for eyes, for readers of the screen, and for who is on another page. */
export function tellUnread(label: string, unread: number): void {
  count.textContent = String(unread)
  count.hidden = !unread
  button.ariaLabel = unread ? `${label} (${unread})` : label
  const title = document.title.replace(mark, '')
  const marked = unread && document.hidden ? `(${unread})\u00a0${title}` : title
  if (marked !== document.title) document.title = marked
}
