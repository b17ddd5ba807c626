/** Who was shown out of this actor a moment ago: an upgrade that was on its way meanwhile must not open after all. */
import type { Dismiss } from '../protocol/messages.ts'
import type { Principal } from '../protocol/principal.ts'
import type { Parts, Rows } from './parts.ts'

/** In ms: for longer than an upgrade is under way, and than any ticket is good. */
const REMEMBER = 5 * 60_000

interface Row {
  readonly until: number
  /** Absent: of one session, named by the key. */
  readonly rights?: number
}

export class Dismissals {
  readonly #rows: Rows<Row>

  constructor(parts: Parts) {
    this.#rows = parts.rows('engine:dismissed')
  }

  note({ staff, of }: Dismiss, now: number): void {
    for (const [key, { until }] of this.#rows.entries()) if (until <= now) this.#rows.delete(key)
    const until = now + REMEMBER
    if ('rights' in of) this.#rows.put(`staff/${staff}`, { until, rights: of.rights })
    else if (of.ended) this.#rows.put(`session/${of.session}`, { until })
  }

  /** Whether this principal's session is over, as far as is known here. */
  bars(by: Principal, now: number): boolean {
    if (by.kind !== 'staff' || by.session === undefined) return false
    const { id, rights, until } = by.session
    const least = this.#rows.get(`staff/${by.id}`)?.rights ?? 0
    return until <= now || rights < least || this.#rows.get(`session/${id}`) !== undefined
  }
}

/** Whether a message shows this principal out. */
export function isDismissed(by: Principal, { staff, of }: Dismiss): boolean {
  if (by.kind !== 'staff' || by.id !== staff || by.session === undefined) return false
  return 'rights' in of ? by.session.rights < of.rights : by.session.id === of.session
}
