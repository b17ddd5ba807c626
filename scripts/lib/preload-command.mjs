// Preloaded into wrangler: `--command -` takes the statements from standard input, since every user of the machine can
// read the arguments of a process, and statements hold hashes of passwords.
import { readFileSync } from 'node:fs'

const at = process.argv.indexOf('--command')
if (at > 0 && process.argv[at + 1] === '-') process.argv[at + 1] = readFileSync(0, 'utf8')
