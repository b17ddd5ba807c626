import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const inRoot = (...parts) => join(root, ...parts)

/** Where a local server keeps its data: `--state DIR`, else `PARLEY_STATE`, else `.parley/state`. */
export const stateDirOf = (given) => resolve(root, given ?? process.env.PARLEY_STATE ?? '.parley/state')
