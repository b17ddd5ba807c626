import { typecheck } from '../lib/typecheck.mjs'

export async function run() {
  const { code, output } = await typecheck()
  if (output) console.log(output)
  return code
}
