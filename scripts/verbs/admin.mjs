import { readdirSync } from 'node:fs'
import { PlainError } from '../lib/args.mjs'
import { inRoot } from '../lib/paths.mjs'

const asksForHelp = (word) => word === '--help' || word === '-h'

/**
 * Each file of scripts/admin is one command: it exports `summary`, `usage`, `run(args)`, and maybe `details`.
 * @param {readonly string[]} args
 */
export async function run([first, ...rest]) {
  const names = readdirSync(inRoot('scripts/admin'))
    .map((file) => file.replace('.mjs', ''))
    .sort()
  const wantsHelp = first === undefined || first === 'help' || asksForHelp(first)
  const [name, ...args] = wantsHelp ? rest : [first, ...rest]
  if (name === undefined) return overview(names)
  if (!names.includes(name)) throw new PlainError(`There is no command "${name}". Known: ${names.join(', ')}.`)
  const command = await import(`../admin/${name}.mjs`)
  if (!wantsHelp && !args.some(asksForHelp)) return command.run(args)
  console.log(`npm run admin -- ${name} ${command.usage}\n${command.summary}`)
  if (command.details) console.log(`\n${command.details}`)
}

async function overview(names) {
  const lines = []
  for (const name of names) {
    const { usage, summary } = await import(`../admin/${name}.mjs`)
    lines.push([`${name} ${usage}`, summary])
  }
  const width = Math.max(...lines.map(([call]) => call.length))
  console.log('npm run admin -- <command> …\n')
  for (const [call, summary] of lines) console.log(`  ${call.padEnd(width)}  ${summary}`)
  console.log('\nhelp <command> says more. Each command tells the calls it makes; with --dry-run it makes none.')
}
