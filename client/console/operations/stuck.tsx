/** What does not get through, actor by actor, and the button that sends it again. */
import { useSignal } from '@preact/signals'
import { ReplayAnswer, StuckList } from '../../../core/protocol/api.ts'
import { faultText } from '../../i18n/faults.ts'
import { dateTime } from '../../i18n/locale.ts'
import { operationsWords } from '../../i18n/operations.ts'
import { newId } from '../../net/ids.ts'
import { call } from '../api.ts'
import { usePages } from '../office/answer.ts'
import { mayDo } from '../office/places.ts'
import { Empty, More, Shown } from '../office/shown.tsx'

export function Stuck() {
  const t = operationsWords.value
  const stuck = usePages('/api/ops/stuck?limit=100', StuckList, 'after')
  const said = useSignal('')
  const replay = async (actor: string) => {
    const answer = await call('POST', '/api/ops/replay', ReplayAnswer, { actor }, { 'idempotency-key': newId() })
    said.value = answer.ok ? t.replayed(answer.value?.items ?? 0) : faultText(answer)
    await stuck.again()
  }
  return (
    <section class="parts" aria-label={t.stuck}>
      <div>
        <h2>{t.stuck}</h2>
        <p class="lead">{t.stuckLead}</p>
      </div>
      <p role="status">{said.value}</p>
      <Shown answer={stuck}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t.nothing}>{t.nothingWhy}</Empty>
          ) : (
            <ul class="entries">
              {items.map(({ actor, at, peers, parked }) => (
                <li key={actor} data-testid="stuck" data-actor={actor}>
                  <div class="grow">
                    <code>{actor}</code> <span class="muted">{dateTime(at)}</span>
                    <ul>
                      {peers.map(({ peer, waiting, attempts, error }) => (
                        <li key={peer}>
                          {t.waits(waiting, attempts, peer)}: <code>{error}</code>
                        </li>
                      ))}
                      {parked.map(({ id, kind, attempts, error }) => (
                        <li key={id}>
                          {t.parkedItem(kind, attempts)}: <code>{error}</code>
                        </li>
                      ))}
                    </ul>
                  </div>
                  {mayDo('ops.replay') && (
                    <button
                      type="button"
                      class="btn line"
                      aria-label={`${t.replay}: ${actor}`}
                      onClick={() => void replay(actor)}
                    >
                      {t.replay}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <More pages={stuck} />
    </section>
  )
}
