/** A proxy as some offices have it: plain HTTP gets through, every upgrade is refused. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

export interface Wall extends AsyncDisposable {
  readonly origin: string
  /** How many upgrades were refused so far. */
  refused(): number
}

export async function buildWall(origin: string): Promise<Wall> {
  const { port } = new URL(origin)
  let refused = 0
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing, Number(port)))
  server.on('upgrade', (_request, socket) => {
    refused += 1
    socket.end('HTTP/1.1 426 Upgrade Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  const taken = await new Promise<number>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      done(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    origin: `http://localhost:${taken}`,
    refused: () => refused,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number): void {
  const { method, url, headers } = incoming
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  // A page that gives up its poll takes it back from the server too.
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
