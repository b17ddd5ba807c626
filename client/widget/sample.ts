/** The chat in the console's preview: all its own code, and a talk that nobody has, over a line that leads nowhere. */
import type { PublicEntry, PublicView } from '../../core/protocol/conversation.ts'
import type { ServerFrame } from '../../core/protocol/frames.ts'
import { PING, PONG } from '../../core/protocol/link.ts'
import { sampleWords } from '../i18n/sample.ts'
import { filesHere } from '../ui/file-ports.ts'
import { around } from './around.ts'
import type { Chat, ChatPorts } from './chat.ts'
import { fetchLater } from './later-parts.ts'
import { wear } from './look.ts'
import type { Preview, Showing } from './showing.ts'

// As in parts.ts: what all pages of the chat need stays one file.
import './start.tsx'

const preview: Preview | undefined = window.parent.parleyPreview
const showing = (): Showing | undefined => preview?.now()
/** Each showing is a talk of its own. */
let talks = 0

/** What answers as the actor would. */
class SampleSocket extends EventTarget {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readyState = 0
  binaryType = 'blob'

  constructor() {
    super()
    setTimeout(() => {
      this.readyState = 1
      this.dispatchEvent(new Event('open'))
    })
  }

  send(text: string): void {
    if (text === PING) return this.#say(PONG)
    if (!text.includes('"hello"')) return
    const snapshot = entries().map((body) => ({ seq: body.seq, at: body.at, name: 'entry' as const, body }))
    this.#tell({ t: 'welcome', v: 1, epoch: 'sample', seq: snapshot.length, resumed: false, now: Date.now(), snapshot })
    this.#tell({ t: 'view', body: view() })
  }

  close(): void {
    this.readyState = 3
  }

  #tell(frame: ServerFrame): void {
    this.#say(JSON.stringify(frame))
  }

  #say(data: string): void {
    setTimeout(() => this.dispatchEvent(Object.assign(new Event('message'), { data })))
  }
}

const samplePorts: ChatPorts = {
  around: { ...around, WebSocket: SampleSocket },
  async ask() {
    const { scene = 'begin', takes = 'message', organisation = '' } = showing() ?? {}
    return {
      visitor: '',
      conversation: `sample-${talks}`,
      ticket: 'sample',
      organisation: { name: organisation },
      customer: { name: '', verified: false },
      ...(scene === 'closed' ? { closed: { until: null, takes } } : {}),
    }
  },
  kept: () => ({ save: () => {}, adopt: () => () => {} }),
  files: () => filesHere('sample', fetchLater),
}

/** Shows what the console says, and each change of it. */
export function perform(chat: Chat): void {
  chat.within(samplePorts)
  let last = ''
  const show = () => {
    const now = showing()
    if (now === undefined) return
    const { look, theme, ...rest } = now
    document.documentElement.style.colorScheme = theme
    wear(look)
    const next = JSON.stringify(rest)
    if (next === last) return
    last = next
    talks++
    if (chat.state.value === 'idle') void chat.start()
    else chat.restart(true)
  }
  const stop = preview?.watch(() => show())
  addEventListener('pagehide', () => stop?.())
  show()
}

function entries(): PublicEntry[] {
  if (showing()?.scene !== 'talk') return []
  const t = sampleWords.value
  const at = Date.now() - 60_000
  const entry = { stream: 'public' as const }
  return [
    { ...entry, seq: 1, at, id: 'sample-1', from: { role: 'customer' }, body: { type: 'message', text: t.question } },
    { ...entry, seq: 2, at, id: 'sample-2', from: { role: 'system' }, body: { type: 'joined', name: t.agent } },
    {
      ...entry,
      ...{ seq: 3, at, id: 'sample-3' },
      from: { role: 'agent', name: t.agent },
      body: { type: 'message', text: t.answer },
    },
  ]
}

function view(): PublicView {
  const { scene = 'begin', ask = [] } = showing() ?? {}
  const isTalk = scene === 'talk'
  const marks = { delivered: isTalk ? 3 : 0, read: isTalk ? 3 : 0 }
  return {
    status: isTalk ? 'talking' : 'new',
    agent: isTalk ? { name: sampleWords.value.agent } : null,
    place: null,
    notice: null,
    marks: { customer: marks, staff: marks },
    next: null,
    ...(scene === 'begin' && ask.length > 0 ? { ask: [...ask] } : {}),
  }
}
