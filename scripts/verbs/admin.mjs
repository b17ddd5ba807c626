import { readdirSync } from 'node:fs'
import { PlainError } from '../lib/args.mjs'
import { inRoot } from '../lib/paths.mjs'

/** Each file of scripts/admin is one command: it exports `summary`, `usage` and `run(args)`. */
export async function run([name, ...args]) {
  const names = readdirSync(inRoot('scripts/admin'))
    .map((file) => file.replace('.mjs', ''))
    .sort()
  if (name && names.includes(name)) {
    const command = await import(`../admin/${name}.mjs`)
    if (!args.includes('--help')) return command.run(args)
    console.log(`npm run admin -- ${name} ${command.usage}\n${command.summary}`)
    return 0
  }
  if (name && name !== 'help' && name !== '--help')
    throw new PlainError(`There is no command "${name}". Known: ${names.join(', ')}.`)
  console.log('npm run admin -- <command> …\n')
  for (const known of names) {
    const { usage, summary } = await import(`../admin/${known}.mjs`)
    console.log(`  ${`${known} ${usage}`.padEnd(34)} ${summary}`)
  }
}
