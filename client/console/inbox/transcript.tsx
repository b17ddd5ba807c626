/** The transcript as staff read it: both sides, private notes, and what happened on the way. */
import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { words } from '../../i18n/console.ts'
import { Underway } from '../../ui/files.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Dots } from '../../ui/parts.tsx'
import { useLooking } from '../../ui/stick.ts'
import { consoleIds as ids } from '../../ui/testids.ts'
import { around } from '../around.ts'
import { type StaffTalk, staffId, writerOf } from '../work.ts'
import { Entry, isSaid, nameOf, Pending } from './entry.tsx'
import { Gaps } from './gaps.ts'
import { hasMenu, MessageMenu, useMore } from './message-menu.tsx'
import { type Rows, useRows } from './rows.ts'
import './transcript.css'

interface TranscriptProps {
  readonly talk: StaffTalk
  /** The entry that a link has led to; null: none. */
  readonly found: number | null
}

export function Transcript({ talk, found }: TranscriptProps) {
  const t = words.value
  const entries = talk.entries.value
  const [gaps] = useState(() => new Gaps(talk, around.clock))
  const floor = gaps.floor.value
  const length = (entries.at(-1)?.seq ?? floor) - floor
  // The last row is what is still under way; it is there even when it is empty.
  const keyOf = useCallback((index: number) => (index === length ? 'under-way' : floor + index + 1), [floor, length])
  const rows = useRows(length + 1, keyOf, rowOf(found, floor))
  const shown = rows.items.flatMap(({ index }) => gaps.bySeq.value.get(floor + index + 1) ?? [])
  useFound(rows, found, floor, length)
  useGaps(gaps, rows, floor, length)
  useReadMarks(talk, rows.atEnd)
  const more = useMore(talk)
  const stop = shown.findLast(({ body }) => hasMenu(more, body))?.seq
  const moved = useMemo(() => entries.flatMap(({ body }) => (body.type === 'split' ? [body] : [])), [entries])
  const lastOut = useMemo(
    () => entries.findLast((entry) => isSaid(entry) && entry.from.role === 'agent')?.seq,
    [entries],
  )
  return (
    <div class="feed">
      <div
        class="log"
        role="feed"
        aria-label={t.transcript}
        aria-busy={gaps.isLoading.value}
        tabIndex={0}
        ref={rows.box}
        onScroll={rows.onScroll}
        onKeyDown={(event) => moveFocus(event, rows)}
        data-testid={ids.transcript}
      >
        <div class="rows" style={{ height: `${rows.height}px` }}>
          {rows.items.map(({ index, key, start }) => (
            <Row key={key} index={index} start={start} length={length} measure={rows.measure}>
              {index === length ? (
                <UnderWay talk={talk} />
              ) : (
                <Entry
                  seq={floor + index + 1}
                  gaps={gaps}
                  talk={talk}
                  lastOut={lastOut}
                  isFound={found === floor + index + 1}
                  isMoved={moved.some(({ first, last }) => floor + index >= first - 1 && floor + index < last)}
                  more={more}
                  isStop={stop === floor + index + 1}
                />
              )}
            </Row>
          ))}
        </div>
      </div>
      <ToEnd talk={talk} rows={rows} />
      <Heard talk={talk} />
      {more !== null && <MessageMenu talk={talk} more={more} />}
    </div>
  )
}

interface RowProps {
  readonly index: number
  readonly start: number
  readonly length: number
  measure(row: HTMLElement | null): void
  readonly children: ComponentChildren
}

/** Of the feed that a screen reader walks through: which of how many. */
function Row({ index, start, length, measure, children }: RowProps) {
  return (
    <article
      class="row-at"
      aria-posinset={index + 1}
      aria-setsize={length + 1}
      tabIndex={-1}
      ref={measure}
      data-index={index}
      style={{ transform: `translateY(${start}px)` }}
    >
      {children}
    </article>
  )
}

/** What has been said here and is not in the conversation yet. */
function UnderWay({ talk }: { talk: StaffTalk }) {
  const typing = writerOf(talk)
  const peek = talk.typing.value?.text
  return (
    <>
      {talk.pending.value.map((item) => (
        <Pending key={item.id} item={item} talk={talk} />
      ))}
      <Underway uploads={talk.uploads} sent={talk.entries.value} lease={talk.view.value?.owner?.lease} />
      {typing !== null && (
        <div class="m in" aria-hidden="true">
          <span class="bub">
            {peek !== undefined && (
              <span class="peek" data-testid={ids.peek}>
                {peek}
              </span>
            )}
            <Dots />
          </span>
        </div>
      )}
    </>
  )
}

/** The way back to the end, with how many entries have come since somebody left it. */
function ToEnd({ talk, rows }: { talk: StaffTalk; rows: Rows }) {
  const t = words.value
  const head = talk.entries.value.at(-1)?.seq ?? 0
  const left = useRef(head)
  if (rows.atEnd) {
    left.current = head
    return null
  }
  const fresh = talk.entries.value.filter((entry) => entry.seq > left.current && isSaid(entry)).length
  return (
    <button type="button" class="btn sm pop to-end" data-testid={ids.toEnd} onClick={rows.toEnd}>
      <Icon name="down" /> {fresh === 0 ? t.toEnd : t.newBelow(fresh)}
    </button>
  )
}

/** Says what others have written since the conversation is open: rows that come and go with scrolling are no news. */
function Heard({ talk }: { talk: StaffTalk }) {
  const entries = talk.entries.value
  const from = useRef<number | null>(null)
  if (from.current === null && entries.length > 0) from.current = entries.at(-1)?.seq ?? 0
  const news = entries
    .slice(-SAID_AGAIN)
    .filter((entry) => entry.seq > (from.current ?? 0) && isSaid(entry) && nameOf(entry.from) !== words.value.you)
  return (
    <div class="sr" role="log" aria-label={words.value.newMessages}>
      {news.map(({ seq, from: who, body }) => (
        <p key={seq}>
          {nameOf(who)}: {body.type === 'message' ? body.text : body.type === 'file' ? body.name : ''}
        </p>
      ))}
    </div>
  )
}

/** How many of the newest entries a screen reader may still have to say. */
const SAID_AGAIN = 5

const rowOf = (seq: number | null, floor: number) => (seq === null ? null : Math.max(0, seq - floor - 1))

/** Goes to the entry that a link names, also when another link names another one. */
function useFound(rows: Rows, found: number | null, floor: number, length: number): void {
  const isThere = length > 0
  const { toRow } = rows
  useEffect(() => {
    const row = rowOf(found, floor)
    if (row !== null && isThere) toRow(row)
  }, [found, isThere, toRow])
}

/** How many entries beyond the screen are asked for already. */
const AHEAD = 60

function useGaps(gaps: Gaps, rows: Rows, floor: number, length: number): void {
  const first = rows.items[0]?.index
  const last = rows.items.at(-1)?.index
  useEffect(() => {
    if (first === undefined || last === undefined || length === 0) return
    void gaps.want(Math.max(floor + 1, floor + first + 1 - AHEAD), Math.min(floor + length, floor + last + 1 + AHEAD))
  }, [gaps, first, last, floor, length])
}

/** From one entry to the next, as in any feed; elsewhere these keys scroll. */
function moveFocus(event: KeyboardEvent, rows: Rows): void {
  const step = { PageUp: -1, PageDown: 1 }[event.key]
  const box = rows.box.current
  const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-index]') : null
  if (step === undefined || row === null || box === null) return
  event.preventDefault()
  box.querySelector<HTMLElement>(`[data-index="${Number(row.dataset['index']) + step}"]`)?.focus()
}

/** Only the owner reads on behalf of the company; who looks over the shoulder leaves no mark. */
function useReadMarks(talk: StaffTalk, atEnd: boolean): void {
  const looking = useLooking(true)
  const head = talk.head.value
  const owns = talk.view.value?.owner?.agent === staffId.value
  useEffect(() => {
    if (owns) talk.mark(looking && atEnd)
  }, [talk, head, owns, looking, atEnd])
}
