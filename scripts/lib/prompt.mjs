// What a command asks the person in front of it: a yes, or a secret that is not shown.
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { PlainError } from './args.mjs'

/** Whether the answer is "yes". Without a terminal nobody can be asked: --yes has to say it. */
export async function agreed(question) {
  if (!process.stdin.isTTY) throw new PlainError('Say --yes to do this without being asked.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} (yes/no) `).catch(given)
  terminal.close()
  return answer.trim() === 'yes'
}

/** A secret: typed without being shown, or the first line of what is piped in. */
export async function readSecret(question) {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/)[0]
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silence, terminal: true })
  process.stderr.write(question)
  const answer = await terminal.question('').catch(given)
  terminal.close()
  process.stderr.write('\n')
  return answer
}

/** Ctrl+C is an answer too. */
function given() {
  throw new PlainError('\nNothing was done.')
}
