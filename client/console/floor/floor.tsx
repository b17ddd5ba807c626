/** The floor: who waits, what everybody is doing, and the figures of today, live; as tables, or as a wallboard. */
import './floor.css'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { close } from '../../../core/protocol/link.ts'
import { floorWords } from '../../i18n/floor.ts'
import { clockTime } from '../../i18n/locale.ts'
import { Icon } from '../../ui/icon.tsx'
import { officePages } from '../office/names.ts'
import { PageLinks, pageIn } from '../office/pages.tsx'
import type { OfficeProps } from '../office/places.ts'
import { Empty, Forbidden, Waiting } from '../office/shown.tsx'
import { Agents } from './agents.tsx'
import { ByHand } from './by-hand.tsx'
import { type Live, useFloor } from './live.ts'
import { Queues, type SpanName, Wall } from './queues.tsx'

const spans = ['today', 'interval'] as const

export default function Floor({ place }: OfficeProps) {
  const t = floorWords.value
  const live = useFloor()
  const span = useSignal<SpanName>('today')
  const page = pageIn(officePages.floor, place.page)
  if (live.code === close.forbidden) return <Forbidden />
  if (live.frame === null && live.heard === 0) return <Waiting />
  return (
    <div class="office floor" data-testid="floor" data-link={live.isLive ? 'live' : 'stale'}>
      <div class="top">
        <h1 class="grow">{t.title}</h1>
        <label class="row">
          <span class="muted">{t.span}</span>
          <select
            class="input"
            data-testid="floor-span"
            value={span.value}
            onChange={({ currentTarget }) => {
              span.value = spans.find((name) => name === currentTarget.value) ?? 'today'
            }}
          >
            {spans.map((name) => (
              <option key={name} value={name}>
                {t.spans[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <PageLinks
        at="floor"
        label={t.title}
        pages={officePages.floor}
        chosen={page}
        words={{ tables: t.tables, wall: t.wall }}
      />
      <State live={live} />
      {page === 'wall' ? <WallPage live={live} span={span.value} /> : <Tables live={live} span={span.value} />}
    </div>
  )
}

/** What is to know of the picture as a whole: it is old, or not complete yet. */
function State({ live }: { readonly live: Live }) {
  const t = floorWords.value
  const words = live.link === 'stopped' ? t.ended : live.isLive ? null : t.stale(clockTime(live.heard))
  return (
    <div role="status" aria-live="polite">
      {words !== null && (
        <p class="banner warning" data-testid="floor-stale">
          <Icon name="offline" /> <span class="grow">{words}</span>
        </p>
      )}
      {words === null && live.frame?.counted === false && <p class="muted">{t.counting}</p>}
    </div>
  )
}

interface PartProps {
  readonly live: Live
  readonly span: SpanName
}

function Tables({ live: { frame, queues, agents, at }, span }: PartProps) {
  const opened = useSignal<string | null>(null)
  if (frame === null || queues.length + agents.length === 0) return <Nothing />
  const queue = queues.find((one) => one.queue === opened.value)
  return (
    <>
      <Queues queues={queues} agents={agents} frame={frame} span={span} at={at} opened={opened} />
      {queue !== undefined && (
        <ByHand key={queue.queue} queue={queue} agents={agents} at={at} close={() => (opened.value = null)} />
      )}
      <Agents agents={agents} frame={frame} span={span} at={at} />
    </>
  )
}

function Nothing() {
  const t = floorWords.value
  return <Empty title={t.none}>{t.noneWhy}</Empty>
}

function WallPage({ live: { frame, queues, agents, at }, span }: PartProps) {
  const t = floorWords.value
  const wall = useRef<HTMLDivElement>(null)
  const isFull = useSignal(false)
  useEffect(() => {
    const changed = () => {
      isFull.value = document.fullscreenElement !== null
    }
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [])
  if (frame === null || queues.length === 0) return <Nothing />
  const toggle = () => void (isFull.value ? document.exitFullscreen() : wall.current?.requestFullscreen())
  return (
    <div class="wall" ref={wall}>
      <button type="button" class="btn line sm" data-testid="floor-full" onClick={toggle}>
        {isFull.value ? t.leaveFullScreen : t.fullScreen}
      </button>
      <Wall queues={queues} agents={agents} frame={frame} span={span} at={at} />
    </div>
  )
}
