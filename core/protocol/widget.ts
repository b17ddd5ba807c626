/** How the widget looks and whom it lets in: what an organisation sets without touching its pages. */
import * as z from 'zod/mini'
import { colour, key, label, language } from './fields.ts'

const line = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(300)))

/** What the widget says of its own; what is absent it says in its own words. */
export const WidgetTexts = z.object({ title: line, greeting: line, placeholder: line, closed: line, launcher: line })
export type WidgetTexts = z.infer<typeof WidgetTexts>

/** A field that is asked before the first word. */
export const PreChatField = z.object({
  /** `name`, `email`, `phone`, or an attribute, as customer.company or conversation.order. */
  field: z.string().check(z.regex(/^(name|email|phone|(customer|conversation)\.[a-z0-9][a-z0-9-]{0,62})$/)),
  required: z._default(z.boolean(), false),
  /** By language; absent: the widget's own word, or the attribute's name. */
  label: z._default(z.record(language, label), {}),
})
export type PreChatField = z.infer<typeof PreChatField>

/** A field as the customer is asked for it: with the name, the type and the choices of its attribute, if it is one. */
export const AskedField = z.object({
  field: z.string(),
  kind: z.enum(['name', 'email', 'phone', 'text', 'number', 'boolean', 'date', 'list']),
  /** Of a boolean: has to be ticked. */
  required: z.boolean(),
  label: z.record(z.string(), z.string()),
  /** The attribute's own. */
  name: z.optional(z.string()),
  values: z.optional(z.array(z.string())),
})
export type AskedField = z.infer<typeof AskedField>

/** What the chat says first, on pages where it may help; each visitor is told it once at most. */
export const Nudge = z.object({
  /** By language; who reads none of them is told nothing. */
  text: z._default(z.record(language, z.string().check(z.trim(), z.minLength(1), z.maxLength(300))), {}),
  /** What the page's address has to contain, as /pricing; absent: any page. */
  page: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(300))),
  /** After so many seconds on the page. */
  after: z._default(z.int().check(z.minimum(0), z.maximum(3_600)), 20),
  /** From this visit on. */
  visits: z._default(z.int().check(z.minimum(1), z.maximum(100)), 1),
})
export type Nudge = z.infer<typeof Nudge>

const position = z._default(z.enum(['right', 'left']), 'right')
const pixels = z.int().check(z.minimum(0), z.maximum(400))
const offset = z._default(z.object({ side: pixels, bottom: pixels }), { side: 20, bottom: 20 })

export const WidgetSettings = z.object({
  colours: z._default(z.object({ accent: z.optional(colour), accentDark: z.optional(colour) }), {}),
  position,
  /** How far from the edges of the page, in CSS pixels. */
  offset,
  /** Whether pages show the button that opens the chat; they can open it by themselves too. */
  launcher: z._default(z.enum(['button', 'none']), 'button'),
  texts: z._default(z.record(language, WidgetTexts), {}),
  preChat: z._default(z.array(PreChatField).check(z.maxLength(20)), []),
  /** By ids that stay, for whoever was told one. */
  nudges: z._default(z.record(key, Nudge).check(z.refine((all) => Object.keys(all).length <= 20)), {}),
  /** Agents read what customers type before they send it; the chat tells them so. */
  typingPreview: z._default(z.boolean(), false),
  /** Pages that may open it, as https://shop.example or https://*.shop.example; none: all. */
  origins: z._default(
    z
      .array(
        z.string().check(z.maxLength(300), z.regex(/^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[1-9]\d{0,4})?$/)),
      )
      .check(z.maxLength(100)),
    [],
  ),
  /** Opening hours of the chat; absent: always open. */
  hours: z.optional(key),
  /** Outside them: wait as ever, leave a message that is read later, or nothing at all. */
  outsideHours: z._default(z.enum(['chat', 'message', 'closed']), 'message'),
})
export type WidgetSettings = z.infer<typeof WidgetSettings>

/** A colour, and the one in which is written on it. */
const Brand = z.object({ brand: colour, on: colour })
export type Brand = z.infer<typeof Brand>
/** As a page is told of it. */
export const SaidNudge = z.object({
  id: z.string(),
  text: z.string(),
  page: z.optional(z.string()),
  after: z.number(),
  visits: z.number(),
})
export type SaidNudge = z.infer<typeof SaidNudge>

/** GET /channels/chat/:organisation/page: how the chat looks, and its words in the language that was asked for. */
export const WidgetLook = z.object({
  position,
  offset,
  launcher: z.enum(['button', 'none']),
  texts: WidgetTexts,
  /** What the button is called; absent where an earlier program answers. */
  label: z.optional(z.string()),
  /** While the chat is open; absent: none. */
  nudges: z.optional(z.array(SaidNudge)),
  /** Agents read what is being typed. */
  typingPreview: z.optional(z.boolean()),
  /** Something is asked before the first word of whoever is not known for it. */
  asks: z.optional(z.boolean()),
  /** Absent: the chat's own colours. */
  light: z.optional(Brand),
  dark: z.optional(Brand),
})
export type WidgetLook = z.infer<typeof WidgetLook>
/** The query of GET /channels/chat/:organisation/page: whose words to answer in, as zh or zh-Hant. */
export const WidgetLookQuery = z.object({ locale: z.optional(z.string().check(z.maxLength(60))) })
