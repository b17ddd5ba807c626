/** The network between a browser and the server, as a proxy that a test can break: by silence, or by a clean cut. */
import { connect, createServer, type Server, type Socket } from 'node:net'

export class Line implements AsyncDisposable {
  readonly origin: string
  readonly #server: Server
  readonly #pairs: Set<readonly [Socket, Socket]>
  readonly #state: { silent: boolean }

  private constructor(server: Server, port: number, pairs: Set<readonly [Socket, Socket]>, state: { silent: boolean }) {
    this.#server = server
    this.origin = `http://localhost:${port}`
    this.#pairs = pairs
    this.#state = state
  }

  static async to(origin: string): Promise<Line> {
    const { port } = new URL(origin)
    const pairs = new Set<readonly [Socket, Socket]>()
    const state = { silent: false }
    const server = createServer((near) => join(near, connect(Number(port), '127.0.0.1'), pairs, state))
    const taken = await new Promise<number>((done, fail) => {
      server.once('error', fail)
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        done(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    return new Line(server, taken, pairs, state)
  }

  /** From now on nothing gets through in either direction, and neither side hears why. New connections fare alike. */
  silence(): void {
    this.#state.silent = true
    for (const pair of this.#pairs) for (const socket of pair) socket.pause()
  }

  /** New connections get through again. Those that were silenced are dead, as after a router has forgotten them. */
  heal(): void {
    this.#state.silent = false
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy()
    await new Promise((done) => this.#server.close(done))
  }
}

function join(near: Socket, far: Socket, pairs: Set<readonly [Socket, Socket]>, state: { silent: boolean }): void {
  const pair = [near, far] as const
  pairs.add(pair)
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.on('data', (bytes) => {
      // What was read before the pause is lost all the same.
      if (!state.silent) to.write(bytes)
    })
    from.on('error', () => {})
    // The end of one side is news too: in silence the other does not hear of it.
    from.on('close', () => {
      if (state.silent) return
      pairs.delete(pair)
      to.destroy()
    })
  }
  if (state.silent) for (const socket of pair) socket.pause()
}
