/** What a batch of projection records comes down to. */
import { describe, expect, it } from 'vitest'
import type { ConversationRecord, EntryRecord, TroubleRecord } from '../../core/protocol/projection.ts'
import { foldRecords, readBatch } from '../../worker/db/records.ts'

const conversation = (version: number, more: Partial<ConversationRecord> = {}): ConversationRecord => ({
  type: 'conversation',
  org: 'acme',
  id: 'c1',
  version,
  customer: 'u1',
  customerName: 'Mia',
  channel: 'chat',
  status: 'waiting',
  owner: null,
  openedAt: 1,
  closedAt: null,
  entries: version,
  ...more,
})
const entry = (seq: number, text: string): EntryRecord => ({
  type: 'entry',
  org: 'acme',
  conversation: 'c1',
  entry: {
    stream: 'staff',
    seq,
    pub: seq,
    at: seq,
    id: `command${seq}`,
    from: { role: 'customer', id: 'u1', name: 'Mia' },
    body: { type: 'message', text },
  },
})
const trouble = (version: number, ...stuckTo: string[]): TroubleRecord => ({
  type: 'trouble',
  org: 'acme',
  actor: 'acme/queue/q1',
  version,
  at: version,
  peers: stuckTo.map((peer) => ({ peer, waiting: 1, attempts: 10, since: 1, error: 'down' })),
  parked: [],
})

describe('folding', () => {
  it('keeps the newest version, whatever the order, and the first of each entry', () => {
    const folded = foldRecords([conversation(2), entry(1, 'a'), conversation(3), conversation(1), entry(1, 'b')])
    expect(folded).toEqual({
      acts: [],
      conversations: [conversation(3)],
      entries: [entry(1, 'a')],
      segments: [],
      intervals: [],
      troubles: [],
    })
  })

  it('OB9: keeps the newest report of an actor: that all is well is one too', () => {
    const reports = [trouble(1, 'acme/agent/a1'), trouble(3), trouble(2, 'acme/agent/a2')]
    expect(foldRecords(reports).troubles).toEqual([trouble(3)])
    expect(readBatch({ records: reports })).toEqual({ ok: true, records: reports })
  })

  it('keeps organisations apart', () => {
    expect(foldRecords([conversation(2), conversation(1, { org: 'birch' })]).conversations).toHaveLength(2)
  })
})

describe('reading', () => {
  it('takes what actors send', () => {
    const records = [conversation(1), entry(1, 'a')]
    expect(readBatch({ records })).toEqual({ ok: true, records })
  })

  it('says where the fault is, never what was said', () => {
    const read = readBatch({ records: [{ ...entry(1, 'a secret word'), org: 7 }] })
    expect(read).toEqual({ ok: false, why: 'records.0.org: invalid_type' })
    expect(readBatch('nonsense').ok).toBe(false)
  })
})
