/** Before the browser tests: builds the client, and starts the one server that most of them share. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildClient } from '../../../scripts/lib/build.mjs'
import { freePort } from '../../../scripts/lib/process.mjs'
import { makeCompany } from './companies.ts'
import { Product, prepareState } from './product.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** `providerPort` is for an identity provider: the server may ask that port of its machine. */
    product: {
      readonly origin: string
      readonly secret: string
      readonly prepared: string
      readonly providerPort: number
    }
  }
}

const companies = Array.from({ length: 100 }, (_, at) => `w${at + 1}`)

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-browser-'))
  const prepared = join(dir, 'prepared')
  try {
    await buildClient()
    await prepareState(
      prepared,
      companies.map((id) => makeCompany(id)),
    )
    const shared = join(dir, 'shared')
    mkdirSync(shared)
    const providerPort = await freePort()
    const product = await Product.start(shared, prepared, { PARLEY_LOOPBACK: String(providerPort) })
    const { origin, secret } = product
    project.provide('product', { origin, secret, prepared, providerPort })
    return async () => {
      await product.stop()
      rmSync(dir, { recursive: true, force: true })
    }
  } catch (error) {
    // vitest loses what a global setup throws.
    console.error(error instanceof Error ? error.message : error)
    rmSync(dir, { recursive: true, force: true })
    throw error
  }
}
