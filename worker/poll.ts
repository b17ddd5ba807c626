/** `POST /poll/:kind/:id`: the socket's protocol for networks that refuse sockets, by way of a short socket of our own. */
import type * as z from 'zod/mini'
import { type PollAnswer, PollRequest } from '../core/protocol/api.ts'
import { type ClientFrame, ServerFrame } from '../core/protocol/frames.ts'
import { close, PING, PING_EVERY, PONG } from '../core/protocol/link.ts'
import { actorStub } from './actors.ts'
import { sha256 } from './auth/keys.ts'
import { readBody } from './body.ts'
import { admit, upgradeFor } from './connect.ts'
import type { Env } from './env.ts'
import { problem } from './problems.ts'

const longestMs = 20_000
/** How much longer than asked for a poll waits for what it must have: the welcome, the answers to its commands. */
const graceMs = 5_000
/** News often come in twos: an entry and the view that changed with it. */
const coalesceMs = 30

type Poll = z.output<typeof PollRequest>

/** Sends the frames, waits for their answers and for news, and answers with all that came. */
export async function poll(request: Request, env: Env, kind: string, id: string): Promise<Response> {
  const ticket = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const admitted = await admit(env, request, ticket, kind, id)
  if (admitted === undefined) return problem({ code: 'unauthenticated', message: 'The ticket is not good here.' })
  const body = await readBody(request, PollRequest)
  if (!body.ok) return body.response
  if (body.value.frames[0]?.t !== 'hello') {
    return problem({ code: 'bad_input', message: 'must be a hello', field: 'frames.0' })
  }
  const upgraded = await actorStub(env, admitted.actor).fetch(upgradeFor(admitted))
  if (upgraded.webSocket === null)
    return problem({ code: 'not_ready', message: 'The actor opened no socket.', retry: true })
  return Response.json(await converse(upgraded.webSocket, body.value))
}

/** Speaks with the actor until there is something to tell. */
async function converse(socket: WebSocket, { frames, view: knownView, wait }: Poll): Promise<PollAnswer> {
  const listener = new Listener(frames)
  const heard = listen(socket, listener, knownView, wait ?? longestMs)
  socket.accept()
  // An agent counts as linked while its console pings; for as long as this poll is open, we do it.
  const heart = setInterval(() => send(socket, PING), PING_EVERY)
  send(socket, PING)
  for (const frame of frames) send(socket, JSON.stringify(frame))
  const closed = await heard
  clearInterval(heart)
  if (closed === null) socket.close(close.normal)
  const view = listener.view === undefined ? knownView : await nameOfView(listener.view)
  return { frames: listener.frames, closed, ...(view === undefined ? {} : { view }) }
}

/** Until there is news, or `wait` is over and every command has its answer: null. The code, when the actor closes first. */
function listen(socket: WebSocket, listener: Listener, knownView: string | undefined, wait: number) {
  return new Promise<number | null>((resolve) => {
    const done = (code: number | null) => {
      clearTimeout(enough)
      clearTimeout(end)
      resolve(code)
    }
    let ending = false
    const settle = () => {
      if (ending || !listener.answered || !listener.news) return
      ending = true
      setTimeout(() => done(null), coalesceMs)
    }
    const enough = setTimeout(() => {
      listener.news = true
      settle()
    }, wait)
    const end = setTimeout(() => done(null), wait + graceMs)
    const compare = async (view: string) => {
      listener.news ||= (await nameOfView(view)) !== knownView
      settle()
    }
    socket.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string' || data === PONG) return
      listener.take(data)
      settle()
      if (knownView !== undefined && listener.view !== undefined && !listener.news) void compare(listener.view)
    })
    socket.addEventListener('close', ({ code }) => {
      done(code ?? close.normal)
    })
  })
}

function send(socket: WebSocket, text: string) {
  try {
    socket.send(text)
  } catch {
    // Closed under our hands: the close event says with which code.
  }
}

const nameOfView = async (view: string) => (await sha256(view)).slice(0, 32)

/** What came so far, and whether it is worth an answer. */
class Listener {
  readonly frames: ServerFrame[] = []
  /** The newest view, as text. */
  view: string | undefined
  news: boolean
  readonly #open: Set<string>
  readonly #fresh: boolean
  #welcome = false
  #views = 0

  constructor(sent: readonly ClientFrame[]) {
    this.#open = new Set(sent.flatMap((frame) => (frame.t === 'cmd' ? [frame.id] : [])))
    // The answers to commands are news enough, once all are there.
    this.news = this.#open.size > 0
    const [hello] = sent
    this.#fresh = hello?.t === 'hello' && hello.resume === undefined
  }

  /** Whether the actor said welcome and every command has its answer. */
  get answered(): boolean {
    return this.#welcome && this.#open.size === 0
  }

  take(text: string): void {
    const parsed = ServerFrame.safeParse(JSON.parse(text))
    if (!parsed.success) return
    const frame = parsed.data
    this.frames.push(frame)
    if (frame.t === 'reply' || frame.t === 'refused') this.#open.delete(frame.id)
    else if (frame.t === 'welcome') this.#takeWelcome(frame.resumed)
    else if (frame.t === 'view') this.#takeView(JSON.stringify(frame.body))
    else this.news = true
  }

  #takeWelcome(resumed: boolean): void {
    this.#welcome = true
    this.news ||= this.#fresh || !resumed
  }

  /** The first view only says how things are; a second one that they have changed. */
  #takeView(view: string): void {
    this.#views += 1
    this.news ||= this.#views > 1 && view !== this.view
    this.view = view
  }
}
