/** The product under test: a state folder filled as `npm start` fills it, and a server on it that can be killed. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, groupMembers } from '../../../scripts/lib/process.mjs'
import { ensureSecrets } from '../../../scripts/lib/secrets.mjs'
import { migrate, startServer } from '../../../scripts/lib/server.mjs'
import { seedDatabase } from '../../../scripts/seed.mjs'

type Companies = NonNullable<Parameters<typeof seedDatabase>[0]['companies']>
type Server = Awaited<ReturnType<typeof startServer>>
/** What the server is told beside its secrets. */
type Vars = Readonly<Record<string, string>>

/** Fills a new state folder: the schema, the companies and their staff. */
export async function prepareState(stateDir: string, companies: Companies): Promise<void> {
  await migrate(stateDir)
  await seedDatabase({ stateDir, companies })
}

export class Product {
  readonly port: number
  readonly origin: string
  /** What the keys of tickets and of the shops' words are made of. */
  readonly secret: string
  readonly #dir: string
  readonly #vars: Vars
  #server: Server

  private constructor(dir: string, port: number, vars: Vars, server: Server) {
    this.#dir = dir
    this.#vars = vars
    this.port = port
    this.origin = `http://localhost:${port}`
    this.secret = ensureSecrets().PARLEY_SECRET
    this.#server = server
  }

  /** Starts on a copy of a prepared state folder, in `dir`. */
  static async start(dir: string, prepared: string, vars: Vars = {}): Promise<Product> {
    cpSync(prepared, join(dir, 'state'), { recursive: true })
    const port = await freePort()
    return new Product(dir, port, vars, await serve(dir, port, vars))
  }

  /** As a power cut: every process of the group at once, and nothing is left of it. */
  async kill(): Promise<void> {
    await this.#server.kill()
  }

  /** The processes of the server that still run. */
  running(): readonly number[] {
    return groupMembers(this.#server.pid)
  }

  /** On the same state and port. */
  async restart(): Promise<void> {
    this.#server = await serve(this.#dir, this.port, this.#vars)
  }

  async stop(): Promise<void> {
    await this.#server.stop()
  }
}

const serve = (dir: string, port: number, vars: Vars) =>
  startServer({ port, stateDir: join(dir, 'state'), logFile: join(dir, 'server.log'), vars })
