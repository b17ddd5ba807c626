/** Who speaks: the edge proves it once, the actors trust what the edge says. */
import * as z from 'zod/mini'
import type { KeyAction } from './permissions.ts'

export const staffRoles = ['administrator', 'manager', 'supervisor', 'agent', 'analyst', 'engineer'] as const
export const StaffRole = z.enum(staffRoles)
export type StaffRole = z.infer<typeof StaffRole>

/**
 * What a member of staff is signed in by; sockets end with it. `until` in ms, `rights` counts the changes of what the
 * member may do.
 */
export const StaffSession = z.object({ id: z.string(), until: z.number(), rights: z.int() })
export type StaffSession = z.infer<typeof StaffSession>

/** From where somebody speaks: address and browser as the edge saw them, and the request's id in the logs. */
export const Origin = z.object({ address: z.string(), client: z.string(), request: z.string() })
export type Origin = z.infer<typeof Origin>

export const Principal = z.discriminatedUnion('kind', [
  /** A customer, in one conversation. */
  z.object({ kind: z.literal('customer'), org: z.string(), customer: z.string(), conversation: z.string() }),
  /** A member of staff. `id` is the staff id, and the agent's id too. */
  z.object({
    kind: z.literal('staff'),
    org: z.string(),
    id: z.string(),
    name: z.string(),
    role: StaffRole,
    session: z.optional(StaffSession),
    /** As Book has it; absent: the common team of all who are in none. */
    team: z.optional(z.string()),
    /** Said to a queue only: that this agent serves it. */
    serves: z.optional(z.boolean()),
    from: z.optional(Origin),
    /** The version of the configuration that the edge knew; who is behind it asks Book. */
    config: z.optional(z.number()),
  }),
])
export type Principal = z.infer<typeof Principal>
export type CustomerPrincipal = Extract<Principal, { kind: 'customer' }>
export type StaffPrincipal = Extract<Principal, { kind: 'staff' }>

/** A partner's program, by its API key. It asks the API only, and is nobody to an actor. */
export interface KeyPrincipal {
  readonly kind: 'key'
  readonly org: string
  /** Of the key; no member of staff can have such an id. */
  readonly id: string
  readonly name: string
  readonly scopes: readonly KeyAction[]
  readonly from: Origin
}
/** Who may ask the API for more than everybody. */
export type Caller = StaffPrincipal | KeyPrincipal

/** The key under which a principal's commands are remembered. */
export function senderOf(principal: Principal): string {
  return principal.kind === 'customer' ? `customer:${principal.customer}` : `staff:${principal.id}`
}

/** Header in which the edge tells an actor who opens a socket. The edge removes it from what comes from outside. */
export const PRINCIPAL_HEADER = 'x-parley-principal'
