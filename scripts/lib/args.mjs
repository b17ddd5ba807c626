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

export function portOf(text, name) {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new PlainError(`--${name} must be a port, not "${text}".`)
  return port
}
