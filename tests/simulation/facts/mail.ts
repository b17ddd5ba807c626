/** What an actor has sent and how far it has taken others' messages, as committed. */
import type { Store } from '../../../core/engine/ports.ts'
import type { ActorName } from '../../../core/ids.ts'
import type { Message } from '../../../core/protocol/messages.ts'

export interface SentRow {
  readonly n: number
  readonly text: string
  readonly message: Message
  /** When it was sent, in real time. */
  readonly at: number
}

export class Mail {
  /** Rows not yet deleted by the sender, by receiver, oldest first. */
  outbox = new Map<string, SentRow[]>()
  /** The last number taken, by sender. */
  inbox = new Map<string, number>()
  /** Rows that the last commit added, with their receivers. */
  fresh: { to: string; row: SentRow }[] = []

  refresh(store: Store, at: number): void {
    const before = this.outbox
    this.outbox = new Map()
    this.fresh = []
    for (const { peer, n, body } of store.exec('SELECT peer, n, body FROM outbox ORDER BY peer, n')) {
      const to = String(peer)
      const known = before.get(to)?.find((row) => row.n === n)
      const row = known ?? { n: Number(n), text: String(body), message: JSON.parse(String(body)), at }
      if (known === undefined) this.fresh.push({ to, row })
      const rows = this.outbox.get(to)
      if (rows === undefined) this.outbox.set(to, [row])
      else rows.push(row)
    }
    this.inbox = new Map()
    for (const { peer, cursor } of store.exec('SELECT peer, cursor FROM inbox'))
      this.inbox.set(String(peer), Number(cursor))
  }
}

/** What `from` has sent to `to` and `to` has not taken, oldest first. */
export function underWay(
  from: { name: ActorName; mail: Mail },
  to: { mail: Mail } | undefined,
  toName: string,
): SentRow[] {
  const taken = to?.mail.inbox.get(from.name) ?? 0
  return (from.mail.outbox.get(toName) ?? []).filter((row) => row.n > taken)
}
