import { bins, runNode } from '../lib/process.mjs'

export const run = async (args) => (await runNode([bins.biome, 'check', ...args])).code
