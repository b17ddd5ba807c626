import { bins, runNode } from '../lib/process.mjs'

/** Formats and sorts imports, in the given files or in all. */
export const run = async (args) => (await runNode([bins.biome, 'check', '--write', ...args])).code
