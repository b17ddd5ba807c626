/** The floor: what the same job costs on the same platform with nothing around it. One INSERT, an answer, a broadcast. */
import { DurableObject } from 'cloudflare:workers'

interface Env {
  readonly ROOM: { getByName(name: string): { fetch(request: Request): Promise<Response> } }
}

/** Two parties in a room. The frames are Parley's, and as long as Parley's; nothing is checked. */
export class Room extends DurableObject<Env> {
  readonly #sql = this.ctx.storage.sql
  readonly #from = { role: 'customer', id: 'c_01JD000000000000000000000', name: 'Visitor' }

  override async fetch(): Promise<Response> {
    this.#sql.exec('CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)')
    const pair = new WebSocketPair()
    this.ctx.acceptWebSocket(pair[1])
    return new Response(null, { status: 101, webSocket: pair[0], headers: { 'sec-websocket-protocol': 'parley.v1' } })
  }

  override webSocketMessage(sender: WebSocket, text: string): void {
    const { id, body } = JSON.parse(text)
    const at = Date.now()
    const said = { at, id, from: this.#from, body: { type: 'message', ...body } }
    const { seq } = this.#sql.exec('INSERT INTO entries (body) VALUES (?) RETURNING seq', JSON.stringify(said)).one()
    const event = { t: 'ev', seq, at, name: 'entry', body: { stream: 'staff', seq, pub: seq, ...said } }
    const frame = JSON.stringify(event)
    for (const socket of this.ctx.getWebSockets()) socket.send(frame)
    sender.send(JSON.stringify({ t: 'reply', id, ok: true, value: { seq } }))
  }
}

export default {
  fetch: (request: Request, env: Env) => env.ROOM.getByName(new URL(request.url).pathname).fetch(request),
}
