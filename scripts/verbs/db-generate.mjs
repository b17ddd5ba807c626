import { bins, runNode } from '../lib/process.mjs'

/** Writes the SQL migration from what has changed in worker/db/schema/. */
export const run = async (args) => (await runNode([bins['drizzle-kit'], 'generate', ...args])).code
