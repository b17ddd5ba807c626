import { buildClient } from '../lib/build.mjs'

export async function run() {
  const sizes = Object.entries(await buildClient()).filter(([file]) => !file.endsWith('.map'))
  for (const [file, bytes] of sizes) console.log(`${(bytes / 1024).toFixed(1).padStart(8)} kB  dist/client/${file}`)
  if (sizes.length === 0) console.log('There is no client to build yet.')
}
