import { runPart } from '../lib/args.mjs'
import { checkFiles, runFile } from '../lib/flow-file.mjs'

/** Flows in files: `check` says what is wrong and where, `run` plays one in the terminal. */
export const run = (args) => runPart('flow', { check: checkFiles, run: runFile }, args)
