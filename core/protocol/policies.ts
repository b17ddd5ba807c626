/** Rules of the house: sessions, files, how long things are kept, ratings, snoozing. Lengths in ms but for whole days. */
import * as z from 'zod/mini'
import { isZone } from '../calendar/zone.ts'
import { ms } from './fields.ts'
import { StaffRole } from './principal.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const days = z.int().check(z.minimum(1), z.maximum(36_500))
const between = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most))

/** The organisation's identity provider (OpenID Connect); its client secret is kept as the secret `oidc`. */
export const OidcPolicy = z.object({
  /** Its issuer, as https://login.example.com; port and path may follow. */
  issuer: z.string().check(z.maxLength(300), z.regex(/^https?:\/\/[^\s?#]+$/)),
  clientId: z.string().check(z.minLength(1), z.maxLength(300)),
})
export type OidcPolicy = z.infer<typeof OidcPolicy>

export const SessionPolicy = z.object({
  /** A session ends this long after it began, and when it was not used for `idle`. */
  lifetime: z._default(between(5 * MINUTE, 30 * DAY), 12 * HOUR),
  idle: z._default(between(MINUTE, 30 * DAY), 30 * MINUTE),
  /** Roles that must sign in with a second factor. */
  totp: z._default(z.array(StaffRole), []),
  /** Consoles keep what their agent owns in the browser, sealed, to be read without a network. */
  offline: z._default(z.boolean(), true),
  /** Absent: staff sign in with passwords only. */
  oidc: z.optional(OidcPolicy),
})
export type SessionPolicy = z.infer<typeof SessionPolicy>

export const FilePolicy = z.object({
  /** The largest file, in bytes. */
  mostBytes: z._default(between(1, 1_073_741_824), 26_214_400),
  /** How many files one conversation takes. */
  perConversation: z._default(between(0, 1_000), 100),
  /** Media types that are taken, as image/png or image/*; that a file is what it says, its first bytes must show. */
  types: z._default(
    z.array(z.string().check(z.regex(/^[a-z0-9.+-]{1,60}\/(\*|[a-z0-9.+-]{1,100})$/))).check(z.maxLength(100)),
    [
      'image/*',
      'audio/*',
      'video/*',
      'application/pdf',
      'text/plain',
      'text/csv',
      'application/zip',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.oasis.opendocument.text',
      'application/vnd.oasis.opendocument.spreadsheet',
    ],
  ),
})
export type FilePolicy = z.infer<typeof FilePolicy>

/** How long a conversation is kept after it was closed, in days: by channel, else `days`. */
export const RetentionPolicy = z.object({
  days: z._default(days, 730),
  channels: z._default(z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,30}$/)), days), {}),
})
export type RetentionPolicy = z.infer<typeof RetentionPolicy>

/** Whether customers are asked for a rating when a conversation is closed, and how long they may answer. */
export const CsatPolicy = z.object({
  on: z._default(z.boolean(), true),
  within: z._default(between(MINUTE, 30 * DAY), 7 * DAY),
})
export type CsatPolicy = z.infer<typeof CsatPolicy>

/** How long a conversation may be laid aside. */
export const SnoozePolicy = z
  .object({ least: z._default(ms, 5 * MINUTE), most: z._default(ms, 30 * DAY) })
  .check(z.refine(({ least, most }) => least <= most, { path: ['least'] }))
export type SnoozePolicy = z.infer<typeof SnoozePolicy>

const count = z.int().check(z.nonnegative())
const limits = <T extends z.ZodMiniType>(value: T) => z.object({ warn: value, alarm: value })

/** How figures are counted live, and from where on they are shown as a warning or an alarm. */
export const FloorPolicy = z.object({
  /** In whose clocks a day begins: an IANA name. */
  zone: z._default(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/), z.refine(isZone)), 'UTC'),
  /** How long an interval is: the day is cut into such from its midnight on. */
  every: z._default(between(5 * MINUTE, 4 * HOUR), 30 * MINUTE),
  /** The service level's time; and abandoned before `short` is no matter of service. */
  within: z._default(ms, 20_000),
  short: z._default(ms, 5_000),
  /** Contacts that wait, and for how long the first of them has. */
  waiting: z._default(limits(count), { warn: 5, alarm: 10 }),
  wait: z._default(limits(ms), { warn: MINUTE, alarm: 3 * MINUTE }),
  /** Shares: a warning below `warn`. */
  serviceLevel: z._default(limits(z.number().check(z.minimum(0), z.maximum(1))), { warn: 0.8, alarm: 0.5 }),
})
export type FloorPolicy = z.infer<typeof FloorPolicy>

export const Policies = z.object({
  session: z.prefault(SessionPolicy, {}),
  files: z.prefault(FilePolicy, {}),
  retention: z.prefault(RetentionPolicy, {}),
  csat: z.prefault(CsatPolicy, {}),
  snooze: z.prefault(SnoozePolicy, {}),
  floor: z.prefault(FloorPolicy, {}),
})
export type Policies = z.infer<typeof Policies>

/** What holds for a conversation that began before there were policies. */
export const defaultPolicies: Policies = Policies.parse({})

/** Whether a media type is among those that are taken. */
export const takesType = ({ types }: FilePolicy, media: string): boolean =>
  types.includes(media) || types.includes(`${media.split('/')[0]}/*`)
