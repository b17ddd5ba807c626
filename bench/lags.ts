/** How long after they were said messages are in the record, and in the search index; kept inside the runtime. */
import { readBatch } from '../worker/db/records.ts'
import type { Lags } from './doors.ts'

const none = (): Lags => ({ projection: [], search: [], lastAt: 0 })
let lags = none()

export function forgetLags(): void {
  lags = none()
}

export const knownLags = (): Lags => lags

/** What a consumer has just written. */
export function noteArrivals({ queue, messages }: MessageBatch<unknown>, now: number): void {
  const arrived = queue === 'search' ? lags.search : lags.projection
  for (const { body } of messages) {
    const read = readBatch(body)
    for (const record of read.ok ? read.records : []) {
      if (record.type !== 'entry' || record.entry.body.type !== 'message') continue
      arrived.push(now - record.entry.at)
      if (queue !== 'search') lags.lastAt = now
    }
  }
}
