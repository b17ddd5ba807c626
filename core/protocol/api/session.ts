/** Bodies of signing in and of the second factor. */
import * as z from 'zod/mini'
import { StaffRole } from '../principal.ts'

const code = z.string().check(z.trim(), z.regex(/^(\d{6}|[A-Za-z2-7-]{16,24})$/))

/** POST /api/v1/session */
export const SignIn = z.object({
  email: z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(200)),
  password: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Of the second factor, or a recovery code, where one is on: without it the answer is `second_factor`. */
  code: z.optional(code),
})
/** GET and POST /api/v1/session */
export const Session = z.object({
  /** A second factor has to be turned on before anything else. */
  mustEnrol: z.optional(z.boolean()),
  organisation: z.object({ id: z.string(), name: z.string() }),
  staff: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: StaffRole,
    team: z.optional(z.string()),
  }),
})
export type Session = z.infer<typeof Session>

/**
 * GET /api/v1/session/offline: what this browser may keep for the time without a network. `session` names the session that the
 * key is for, and opens nothing.
 */
export const OfflineGrant = z.discriminatedUnion('on', [
  z.object({ on: z.literal(false) }),
  z.object({
    on: z.literal(true),
    /** Whose session it is. */
    staff: z.string(),
    session: z.string(),
    /** 256 bits for AES-GCM, as base64url: another session has another. */
    key: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  }),
])
export type OfflineGrant = z.infer<typeof OfflineGrant>

/** GET /api/v1/session/factor */
export const FactorState = z.object({ on: z.boolean(), required: z.boolean(), recoveryCodesLeft: z.int() })
/** POST /api/v1/session/factor */
export const FactorBegin = z.object({ password: z.string().check(z.minLength(1), z.maxLength(200)) })
/** For the authenticator app: the secret in base32, and the address of the QR code. */
export const FactorSecret = z.object({ secret: z.string(), address: z.string() })
/** PUT /api/v1/session/factor */
export const FactorCode = z.object({ code })
/** Each opens once, in place of a code of the app; shown this once. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) })
/** POST /api/v1/session/factor/off */
export const FactorOff = z.object({ code })
