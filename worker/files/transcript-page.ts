/** A transcript as a page to keep: one document with its style in it, nothing to load and nothing to run. */
import { html, raw } from 'hono/html'
import type { FileBody, PublicEntry, StaffEntry } from '../../core/protocol/conversation.ts'
import { type TranscriptLocale, wordsOf } from './transcript-words.ts'

export interface Frame {
  readonly organisation: string
  readonly conversation: string
  readonly customer: string
  readonly locale: TranscriptLocale
  /** IANA name. */
  readonly zone: string
  /** When it was asked for, in ms. */
  readonly at: number
  /** For the customer: no name of theirs is needed then. */
  readonly isTheirs: boolean
  /** Where a file of the conversation can be had. */
  readonly link: (file: string) => Promise<string>
}

type Html = ReturnType<typeof html>
type AnyEntry = PublicEntry | StaffEntry

const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d5dae0; --paper: #fff; --tint: #fdf6e3; --link: #0b57d0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ed; --soft: #a3adb8; --line: #3a424b; --paper: #15181c; --tint: #2b2719; --link: #8ab4f8 }
}
body { margin: 0 auto; padding: 1rem; max-width: 48rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.4rem; line-height: 1.25 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: 0 0 1.5rem; color: var(--soft) }
dd { margin: 0 }
ol { list-style: none; margin: 0; padding: 0 }
li { padding: .5rem .6rem; border-top: 1px solid var(--line) }
p { margin: .1rem 0 0; white-space: pre-wrap }
a { color: var(--link) }
.who { font-weight: 600 }
.note { background: var(--tint) }
.event, time { color: var(--soft); font-size: .85rem; font-weight: 400 }
`

/** What a page like this may do: be styled by what is in it. */
export const transcriptPolicy = async (): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style)))
  return `default-src 'none'; style-src 'sha256-${btoa(String.fromCharCode(...digest))}'; base-uri 'none'; form-action 'none'`
}

/** The page in pieces: its head, each batch of entries, its end. */
export async function* transcriptHtml(
  frame: Frame,
  batches: AsyncIterable<readonly AnyEntry[]>,
): AsyncGenerator<string> {
  yield String(await head(frame, await transcriptPolicy()))
  let isEmpty = true
  for await (const entries of batches)
    for (const entry of entries) {
      const line = await lineOf(frame, entry)
      if (line === null) continue
      isEmpty = false
      yield String(await line)
    }
  yield String(await html`</ol>${isEmpty ? html`<p>${wordsOf(frame.locale).nothing}</p>` : ''}</main></body></html>\n`)
}

function head({ organisation, conversation, customer, locale, zone, at, isTheirs }: Frame, policy: string): Html {
  const t = wordsOf(locale)
  return html`<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${t.title(organisation)}</title>
<style>${raw(style)}</style>
</head>
<body><main>
<h1>${t.title(organisation)}</h1>
<dl aria-label="${t.about}">
<dt>${t.number}</dt><dd>${conversation}</dd>
${isTheirs ? '' : html`<dt>${t.customer}</dt><dd>${customer}</dd>`}
<dt>${t.saved}</dt><dd>${time(at, locale, zone)}</dd>
<dt>${t.zone}</dt><dd>${zone}</dd>
</dl>
<ol>
`
}

const time = (at: number, locale: TranscriptLocale, zone: string): Html => {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', timeZone: zone })
  return html`<time datetime="${new Date(at).toISOString()}">${format.format(at)}</time>`
}

/** Null: nothing that somebody said, or that everybody in it saw. */
async function lineOf(frame: Frame, { at, from, body }: AnyEntry): Promise<Html | null> {
  const { locale, zone, isTheirs } = frame
  const t = wordsOf(locale)
  const when = time(at, locale, zone)
  const who = from.role === 'customer' ? (isTheirs ? t.you : frame.customer) : from.role === 'agent' ? from.name : ''
  const said = (text: string | Html) => html`<li><span class="who">${who}</span> ${when}<p>${text}</p></li>\n`
  const event = (text: string) => html`<li class="event">${text} ${when}</li>\n`
  switch (body.type) {
    case 'message':
      return said(body.text)
    case 'file':
      return said(await fileLink(frame, body))
    case 'note':
      return html`<li class="note"><span class="who">${who}</span> <span class="event">${t.note}</span> ${when}<p>${body.text}</p></li>\n`
    case 'joined':
    case 'left':
      return event(t[body.type](body.name))
    case 'closed':
      return event(isTheirs && body.by === 'customer' ? t.closedByYou : t.closed[body.by])
    case 'reopened':
    case 'held':
    case 'resumed':
    case 'removed':
    case 'erased':
      return event(t[body.type])
    case 'transferred':
      return event([t.transferred, body.note ?? ''].filter((part) => part !== '').join(' · '))
    case 'rated':
      return event([t.rated(body.rating), body.comment].filter((part) => part !== '').join(' · '))
    case 'contact':
      return event([t.contact, body.name, body.email].join(' · '))
    default:
      return null
  }
}

async function fileLink({ link, locale }: Frame, { id, name, size }: FileBody): Promise<Html> {
  const kilobytes = { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 } as const
  const bytes = new Intl.NumberFormat(locale, kilobytes).format(Math.max(1, size / 1_024))
  return html`<a href="${await link(id)}">${name}</a> <span class="event">${bytes}</span>`
}
