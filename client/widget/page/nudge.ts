/**
 * What the chat says first: watches the page until one of the organisation's words fits, and says it in a bubble by the button.
 * Nobody hears of it. What the visitor's browser keeps is which were said, and, where one asks for it, how many visits there were.
 */
import type { SaidNudge, WidgetLook } from '../../../core/protocol/widget.ts'
import { LIVE, type recall } from './memory.ts'
import css from './nudge.css' with { type: 'text' }

/** What the loader lends. */
export interface Lent {
  readonly root: ShadowRoot
  readonly locale: string
  readonly recall: typeof recall
  open(): void
  /** How the chat looks by now. */
  ask(): Promise<WidgetLook | null>
}

const SAID = 'parley.nudged'
const VISIT = 'parley.visit'
const VISITS = 'parley.visits'

/** Says one at most on each page, and none to who is in a talk or has the window open. */
export function watch(nudges: readonly SaidNudge[], lent: Lent): void {
  const { root, recall } = lent
  const said = recall(SAID, undefined, 'localStorage').split(' ')
  const visits = nudges.some((nudge) => nudge.visits > 1) ? countVisits(recall) : 1
  let left = nudges.filter(({ id, visits: from }) => !said.includes(id) && from <= visits)
  let address = location.href
  let seconds = 0
  const isBusy = () => root.querySelector('[aria-expanded="true"]') !== null || recall(LIVE) !== ''
  const timer = setInterval(async () => {
    // Pages change their address without being loaded again.
    if (address !== location.href) {
      address = location.href
      seconds = 0
    }
    if (!document.hidden) seconds++
    const next = left.find(({ page = '', after }) => address.includes(page) && after <= seconds)
    if (next === undefined || isBusy()) return
    left = left.filter((nudge) => nudge !== next)
    // Meanwhile it may have closed, or somebody has changed their mind.
    const look = await lent.ask()
    if (!look?.nudges?.some(({ id }) => id === next.id) || isBusy()) return
    clearInterval(timer)
    recall(SAID, [...said, next.id].join(' ').trim(), 'localStorage')
    say(next.text, lent)
  }, 1_000)
}

function countVisits(recall: Lent['recall']): number {
  const before = Number(recall(VISITS, undefined, 'localStorage'))
  if (recall(VISIT) !== '') return before
  recall(VISIT, '1')
  return Number(recall(VISITS, String(before + 1), 'localStorage'))
}

/** Read out when nothing else is; the focus stays where it is. */
function say(text: string, { root, locale, open }: Lent): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets.push(sheet)
  const bubble = document.createElement('div')
  bubble.className = 'nudge'
  bubble.role = 'status'
  const launcher = root.querySelector('button')
  const end = () => {
    bubble.remove()
    launcher?.removeEventListener('click', end)
  }
  const answer = button('say', end)
  answer.addEventListener('click', open)
  const dismiss = button('no', end)
  dismiss.ariaLabel = locale.startsWith('zh') ? '关闭' : 'Dismiss'
  dismiss.textContent = '×'
  bubble.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    end()
    launcher?.focus()
  })
  launcher?.addEventListener('click', end)
  bubble.append(answer, dismiss)
  root.append(bubble)
  // What is there with the region from the beginning many readers of the screen pass over.
  setTimeout(() => {
    answer.textContent = text
  })
}

function button(className: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = className
  made.addEventListener('click', onClick)
  return made
}
