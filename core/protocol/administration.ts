/** Who works for an organisation, and the audit of what they do to it and to each other. */
import * as z from 'zod/mini'
import { keyActions } from './permissions.ts'
import { type Caller, Origin, type StaffPrincipal, StaffRole } from './principal.ts'

const email = z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(200))
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80), z.regex(/^\P{Cc}*$/u))
const limit = (most: number) => z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(most)), 50)

/** A member of staff. Whoever is not active cannot sign in. The team is the configuration's; absent: the common one. */
export const Member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: StaffRole,
  active: z.boolean(),
  team: z.optional(z.string()),
  createdAt: z.number(),
})
export type Member = z.infer<typeof Member>

/** The query of GET /api/v1/staff. */
export const StaffQuery = z.object({ limit: limit(200), after: z.optional(z.string().check(z.maxLength(64))) })
/** GET /api/v1/staff: by id. */
export const StaffList = z.object({ items: z.array(Member), next: z.nullable(z.string()) })

/** POST /api/v1/staff. `id` is the agent's id in the configuration too; absent: what stands before the @. */
export const NewMember = z.object({
  id: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/))),
  email,
  name,
  role: StaffRole,
})
/** A member with a password that is shown this once. */
export const MemberWithPassword = z.object({ member: Member, password: z.string() })

/** POST /api/v1/staff/:id/invitation: shown this once, good until `until` (ms). The console's link is `/#/join/<token>`. */
export const Invitation = z.object({ token: z.string(), until: z.number() })
const invitation = z.string().check(z.minLength(1), z.maxLength(1_000))
/** POST /api/v1/session/invitation */
export const InvitationToken = z.object({ token: invitation })
/** Whom an invitation is for. */
export const Invited = z.object({ organisation: z.object({ name: z.string() }), name: z.string(), email: z.string() })
/** PUT /api/v1/session/invitation */
export const NewPassword = z.object({
  token: invitation,
  password: z.string().check(z.minLength(10), z.maxLength(200)),
})

/** PUT /api/v1/staff/:id: as the member shall be. */
export const MemberChange = z.object({ name, role: StaffRole, active: z.boolean() })

const instant = z.number().check(z.int(), z.minimum(0))

/** What a key may do: see the table of permissions. */
export const KeyScopes = z.array(z.enum(keyActions)).check(z.minLength(1), z.maxLength(keyActions.length))
/** A partner's API key, without its secret. Times are in ms; `usedAt` is right to the minute. */
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** With what it begins, to tell it from others. */
  start: z.string(),
  scopes: KeyScopes,
  /** The id of who made it. */
  createdBy: z.string(),
  createdAt: z.number(),
  expiresAt: z.nullable(z.number()),
  usedAt: z.nullable(z.number()),
  revokedAt: z.nullable(z.number()),
})
export type ApiKey = z.infer<typeof ApiKey>

/** The query of GET /api/v1/keys. `after` is the `next` of the page before. */
export const KeyQuery = z.object({ limit: limit(200), after: z.optional(z.string().check(z.maxLength(64))) })
/** GET /api/v1/keys: oldest first, those that are over too. */
export const KeyList = z.object({ items: z.array(ApiKey), next: z.nullable(z.string()) })
/** POST /api/v1/keys. Without `expiresAt` it is good until it is revoked. */
export const NewKey = z.object({ name, scopes: KeyScopes, expiresAt: z.optional(instant) })
/** A key with its secret, which is shown this once. */
export const KeyWithSecret = z.object({ key: ApiKey, secret: z.string() })

const state = z.nullable(z.record(z.string(), z.unknown()))

/** One act: who did what to what, what that was before and after, from where. Secrets are in none of it. */
export const Act = z.object({
  id: z.string(),
  at: z.number(),
  by: z.object({ id: z.string(), name: z.string(), role: z.string(), team: z.optional(z.string()) }),
  /** As the table of permissions names it. */
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string() }),
  before: state,
  after: state,
  from: z.nullable(Origin),
})
export type Act = z.infer<typeof Act>

/** An act of this caller. `before` and `after` hold no secret: passwords, keys and tokens stay out of them. */
export function actBy(caller: Caller, done: Omit<Act, 'by' | 'from'>): Act {
  const { id, name, from } = caller
  const by = caller.kind === 'key' ? { id, name, role: 'key' } : { id, name, role: caller.role, ...teamIn(caller) }
  return { ...done, by, from: from ?? null }
}

const teamIn = ({ team }: StaffPrincipal) => (team === undefined ? {} : { team })

const some = z.optional(z.string().check(z.minLength(1), z.maxLength(128)))
const time = z.optional(z.coerce.number().check(z.int(), z.minimum(0)))
const filters = {
  /** The id of who did it. */
  by: some,
  action: some,
  /** The kind of what it was done to, and which. */
  kind: some,
  object: some,
  /** In ms; `to` is not included. */
  from: time,
  to: time,
  /** Words in names, ids, the action, or what was before and after; all of them, as in a search of messages. */
  text: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
}
/** The query of GET /api/v1/audit.csv and GET /api/v1/audit.ndjson. */
export const AuditFilter = z.object(filters)
export type AuditFilter = z.infer<typeof AuditFilter>
/** The query of GET /api/v1/audit. `after` is the `next` of the page before. */
export const AuditQuery = z.object({ ...filters, limit: limit(200), after: some })
/** GET /api/v1/audit: newest first. */
export const AuditList = z.object({ items: z.array(Act), next: z.nullable(z.string()) })
/** GET /api/v1/audit.csv and GET /api/v1/audit.ndjson: everything, newest first. */
export const AuditExport = z.string()
