/** What the logs may know of an error: enough to find its cause, and nothing that people are or say. */

const mostChars = 1_000

/**
 * An error for the log: its kind, what it says, what caused it, and where. What it quotes is left out, and all but its
 * first line: a failed query lists the values it was given there, and a parser the text that it could not read.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'not an Error'
  const { message, stack = '' } = error
  const from = stack.indexOf(message)
  const frames = from < 0 ? '' : stack.slice(from + message.length)
  return `${chain(error).join(', caused by ')}${frames}`.slice(0, mostChars)
}

const chain = (error: unknown): string[] =>
  error instanceof Error ? [`${error.name}: ${withoutQuotes(error.message)}`, ...chain(error.cause)].slice(0, 3) : []

function withoutQuotes(message: string): string {
  const [first = ''] = message.split('\n')
  // From the first quotation mark to the last: what is quoted may hold some of its own.
  const opens = first.search(/["'`‘“]/)
  const closes = Math.max(...['"', "'", '`', '’', '”'].map((mark) => first.lastIndexOf(mark)))
  const unquoted = opens >= 0 && closes > opens ? `${first.slice(0, opens)}…${first.slice(closes + 1)}` : first
  const words = unquoted.split(/\s/).map((word) => (/.@./.test(word) ? '…' : word))
  return words.join(' ').slice(0, 300)
}
