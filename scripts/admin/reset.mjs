import { existsSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { PlainError, readArgs } from '../lib/args.mjs'
import { stateDirOf } from '../lib/paths.mjs'
import { ownerOf } from '../lib/server.mjs'

export const usage = '[--yes] [--state DIR]'
export const summary = 'Deletes all data of the local server.'

export async function run(args) {
  const { values } = readArgs(args, { yes: { type: 'boolean' }, state: { type: 'string' } })
  const stateDir = stateDirOf(values.state)
  const owner = ownerOf(stateDir)
  if (owner)
    throw new PlainError(
      `A server is running on ${stateDir} (process ${owner.pid}, port ${owner.port}): stop it first.`,
    )
  if (!existsSync(stateDir)) {
    console.log('There is nothing to delete.')
    return
  }
  if (!values.yes && !(await agreed(stateDir))) throw new PlainError('Nothing was deleted.')
  rmSync(stateDir, { recursive: true })
  console.log(`Deleted ${stateDir}.`)
}

async function agreed(stateDir) {
  if (!process.stdin.isTTY) throw new PlainError('Say --yes to delete without being asked.')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`Delete all data in ${stateDir}? (yes/no) `)
  terminal.close()
  return answer.trim() === 'yes'
}
