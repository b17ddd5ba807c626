/** Runs `npm run admin -- …` as a person would, without npm around it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { root } from '../../scripts/lib/paths.mjs'

/** What a server answers a command that asks one is held against its reference. */
const held = new URL('held-commands.ts', import.meta.url).href

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export async function admin(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'admin', ...args], {
    cwd: root,
    env: {
      ...process.env,
      ...(args.includes('--url') ? { NODE_OPTIONS: `--import ${held}` } : {}),
      INIT_CWD: root,
      ...env,
    },
  })
  child.stdin.on('error', () => {}).end(input)
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}
