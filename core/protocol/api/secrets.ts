/** Bodies of what an organisation keeps sealed. */
import * as z from 'zod/mini'

/** What an organisation keeps sealed: `oidc` is the client secret of its identity provider. */
export const secretNames = ['oidc'] as const
/** GET /api/v1/secrets: which are set, since when (ms), sealed by which key. What they are, nobody can read back. */
export const SecretList = z.object({ items: z.array(z.object({ name: z.string(), setAt: z.number(), key: z.int() })) })
/** PUT /api/v1/secrets/:name */
export const SecretValue = z.object({ value: z.string().check(z.minLength(1), z.maxLength(4_000)) })
