/** What the API says of itself. */
import * as z from 'zod/mini'

/** GET /api/health */
export const Health = z.object({ ok: z.literal(true) })

/** GET /api/openapi.json */
export const Reference = z.looseObject({ openapi: z.literal('3.1.0') })
/** GET /api/docs */
export const Page = z.string()
