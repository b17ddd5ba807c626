import { parseArgs } from 'node:util'

/** An error that the reader can mend: its message is printed, its stack is not. */
export class PlainError extends Error {
  plain = true
}

/** `options` as in node:util's parseArgs; anything unknown ends in one line. */
export function readArgs(args, options, { positionals = false } = {}) {
  try {
    return parseArgs({ args, options, allowPositionals: positionals })
  } catch (error) {
    const known = Object.entries(options).map(([name, { type }]) => (type === 'boolean' ? `--${name}` : `--${name} …`))
    throw new PlainError(`${error.message.split('. ')[0]}. Known here: ${known.join(', ') || 'no options'}.`)
  }
}

/** Runs the part of a command that its first word names, as `list` in `staff list`. */
export function runPart(command, parts, [name, ...args]) {
  if (name !== undefined && Object.hasOwn(parts, name)) return parts[name](args)
  const why = name === undefined ? 'Something is missing' : `There is no "${command} ${name}"`
  throw new PlainError(`${why}. Known: ${command} ${Object.keys(parts).join(`, ${command} `)}.`)
}

/** The words after a command's options, each under its name; `optional` ones may be missing. */
export function namedWords(positionals, names, optional = []) {
  const all = [...names, ...optional]
  const missing = names[positionals.length]
  if (missing !== undefined) throw new PlainError(`<${missing}> is missing. Wanted: <${all.join('> <')}>.`)
  if (positionals.length > all.length) throw new PlainError(`"${positionals[all.length]}" is one word too many.`)
  return Object.fromEntries(positionals.map((word, at) => [all[at], word]))
}

export function portOf(text, name) {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new PlainError(`--${name} must be a port, not "${text}".`)
  return port
}
