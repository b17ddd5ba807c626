/** How the widget looks and whom it lets in: what an organisation sets without touching its pages. */
import * as z from 'zod/mini'
import { colour, key, label, language } from './fields.ts'

const line = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(300)))

/** What the widget says of its own; what is absent it says in its own words. */
export const WidgetTexts = z.object({ title: line, greeting: line, placeholder: line, closed: line })
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

export const WidgetSettings = z.object({
  colours: z._default(z.object({ accent: z.optional(colour), accentDark: z.optional(colour) }), {}),
  position: z._default(z.enum(['right', 'left']), 'right'),
  texts: z._default(z.record(language, WidgetTexts), {}),
  preChat: z._default(z.array(PreChatField).check(z.maxLength(20)), []),
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
