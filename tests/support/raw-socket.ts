/** Sockets that say only what a test lets them say, and the frames of the wire protocol. */
import type { Position } from '../../core/protocol/frames.ts'
import type { Principal } from '../../core/protocol/principal.ts'
import { FakeSocket, type Harness } from './harness.ts'
import { visitor } from './toy.ts'

export const mia = visitor('mia')
export const hello = (resume?: Position) => ({ t: 'hello', v: 1, client: 'client-1', resume })

/** Closed from this side, it is no longer among the open ones. */
class OpenSocket extends FakeSocket {
  onClose = () => {}

  override close(code: number, reason: string): void {
    super.close(code, reason)
    this.onClose()
  }
}

let sockets = 0

/** A socket that has not said a word. */
export function open<S>(h: Harness<S>, by: Principal = mia): FakeSocket {
  const admitted = h.actor.admit(by)
  const socket = new OpenSocket(`raw-${++sockets}`, by, admitted.ok ? admitted.value : 'nobody', h.now)
  socket.onClose = () => void h.sockets.splice(h.sockets.indexOf(socket), 1)
  h.sockets.push(socket)
  h.actor.opened()
  return socket
}

export const frame = <S>(h: Harness<S>, socket: FakeSocket, body: unknown) =>
  h.actor.frame(socket, JSON.stringify(body))

export function welcomeOf(socket: FakeSocket) {
  const welcome = socket.frames.find((each) => each.t === 'welcome')
  if (welcome?.t !== 'welcome') throw new Error('no welcome')
  return welcome
}

/** A new socket that says hello; what it gets. */
export function greet<S>(h: Harness<S>, by: Principal = mia, resume?: Position) {
  const socket = open(h, by)
  frame(h, socket, hello(resume))
  return socket
}
