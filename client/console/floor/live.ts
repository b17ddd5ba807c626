/** The Floor's board over its socket, for as long as the place is on the screen. */
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { sortRows } from '../../../core/floor/answer.ts'
import { FloorRow } from '../../../core/protocol/floor.ts'
import { Peer } from '../../net/peer.ts'
import { boardOf } from '../../net/stream.ts'
import { ticketsFor } from '../account.ts'
import { around } from '../around.ts'
import { now } from '../clock.ts'

export type Live = ReturnType<typeof useFloor>

export function useFloor() {
  const peer = useSignal<Peer<ReadonlyMap<string, FloorRow>> | null>(null)
  const heard = useSignal(0)
  useEffect(() => {
    const opened = new Peer({
      around,
      path: 'floor/floor',
      ticket: ticketsFor('floor', 'floor'),
      folder: boardOf(FloorRow),
    })
    peer.value = opened
    return () => opened.end()
  }, [])
  const link = peer.value?.link.value ?? 'connecting'
  const isLive = link === 'live' || link === 'polling'
  if (isLive) heard.value = Date.now()
  const rows = peer.value?.value.value
  const sorted = useMemo(() => sortRows(rows?.values() ?? []), [rows])
  return {
    ...sorted,
    link,
    isLive,
    /** When it was up to date last, in ms; 0: not yet. */
    heard: heard.value,
    /** By the server's clock, in ms. */
    at: now() + (peer.value?.skew.value ?? 0),
    code: peer.value?.code.value ?? 0,
  }
}
