/** Goes through a flow step by step, as a customer in a chat would; the interpreter is the one that leads real ones. */
import { useSignal } from '@preact/signals'
import type { Effect, FlowState, Input, Outcome, Program } from '../../../core/flow/program.ts'
import { begin, step } from '../../../core/flow/run.ts'
import type { Hours } from '../../../core/protocol/config.ts'
import type { AttributeValue } from '../../../core/protocol/conversation.ts'
import type { Flow } from '../../../core/protocol/flow.ts'
import { flowWords } from '../../i18n/flows.ts'

interface RehearsalProps {
  /** Null while something is wrong with it. */
  readonly flow: Flow | null
  readonly id: string
  readonly flows: Readonly<Record<string, Flow>>
  readonly hours: Readonly<Record<string, Hours>>
}

interface Said {
  readonly by: 'you' | 'flow' | 'nobody'
  readonly text: string
}

/** Somebody on the way: the program that it began with stays, whatever is written meanwhile. */
interface Way {
  readonly program: Program
  readonly state: FlowState
  readonly now: number
  readonly values: Readonly<Record<string, AttributeValue>>
  readonly said: readonly Said[]
  readonly choices: readonly { readonly id: string; readonly label: string }[]
}

export function Rehearsal({ flow, id, flows, hours }: RehearsalProps) {
  const t = flowWords.value
  const way = useSignal<Way | null>(null)
  const typed = useSignal('')
  const start = () => {
    const program = { flow: id, flows, hours }
    const now = Date.now()
    way.value = after({ program, now, values: {}, said: [] }, begin(program, { now, channel: 'chat', values: {} }))
  }
  const take = (input: Input, words: string) => {
    const from = way.value
    if (from === null) return
    const now = input.type === 'time' ? (from.state.wakeAt ?? from.now) : from.now
    const said: readonly Said[] = words === '' ? from.said : [...from.said, { by: 'you', text: words }]
    const world = { now, channel: 'chat' as const, values: from.values }
    way.value = after({ ...from, now, said }, step(from.program, from.state, input, world))
    typed.value = ''
  }
  const isAsking = way.value !== null && way.value.state.phase.is !== 'over'
  return (
    <section class="parts" aria-labelledby="rehearsal-title" data-testid="rehearsal">
      <div>
        <h2 id="rehearsal-title">{t.rehearsal}</h2>
        <p class="t2">{t.rehearsalLead}</p>
      </div>
      <p>
        <button type="button" class="btn line" aria-disabled={flow === null} onClick={() => flow !== null && start()}>
          {way.value === null ? t.begin : t.anew}
        </button>{' '}
        {flow === null && <span class="t2">{t.toMend}</span>}
      </p>
      {way.value !== null && (
        <ul class="flowtalk" aria-label={t.said} aria-live="polite">
          {way.value.said.map(({ by, text }, n) => (
            <li key={`${n} ${text}`} class={by === 'you' ? 'mine' : by === 'nobody' ? 't2' : ''} data-by={by}>
              {by !== 'nobody' && <strong>{by === 'you' ? t.you : t.flow}: </strong>}
              {text}
            </li>
          ))}
        </ul>
      )}
      {isAsking && (
        <form
          class="row"
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.value.trim() !== '') take({ type: 'said', text: typed.value }, typed.value)
          }}
        >
          {way.value?.choices.map((choice) => (
            <button
              key={choice.id}
              type="button"
              class="btn line"
              data-choice={choice.id}
              onClick={() => take({ type: 'chosen', id: choice.id }, choice.label)}
            >
              {choice.label}
            </button>
          ))}
          <input
            class="input"
            name="answer"
            aria-label={t.answer}
            autocomplete="off"
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value
            }}
          />
          <button type="submit" class="btn">
            {t.send}
          </button>
          <button type="button" class="btn line" onClick={() => take({ type: 'time' }, '')}>
            {t.silence}
          </button>
        </form>
      )}
    </section>
  )
}

/** Where somebody is then, and what was said and done on the way. */
function after(from: Omit<Way, 'state' | 'choices'>, { state, effects }: Outcome): Way {
  const said = effects.flatMap(saidBy)
  const over: readonly Said[] = state.phase.is === 'over' ? [{ by: 'nobody', text: flowWords.value.happened.over }] : []
  const values = { ...from.values }
  for (const effect of effects) {
    if (effect.do !== 'set') continue
    for (const [name, value] of Object.entries(effect.attributes)) {
      if (value === null) delete values[`conversation.${name}`]
      else values[`conversation.${name}`] = value
    }
  }
  const asked = effects.findLast((effect) => effect.do === 'ask')
  return { ...from, state, values, said: [...from.said, ...said, ...over], choices: asked?.choices ?? [] }
}

function saidBy(effect: Effect): Said[] {
  const t = flowWords.value.happened
  switch (effect.do) {
    case 'say':
    case 'ask':
      return [{ by: 'flow', text: effect.text }]
    case 'queue':
      return [{ by: 'nobody', text: t.queue(effect.plan ?? '–') }]
    case 'set':
      return Object.entries(effect.attributes).map(([name, value]) => ({
        by: 'nobody',
        text: t.set(name, String(value ?? '–')),
      }))
    case 'hangup':
      return [{ by: 'nobody', text: t.hangup }]
    case 'report':
      return [{ by: 'nobody', text: t.report(effect.problem) }]
    // What only a telephone carries out is told by its name.
    default:
      return [{ by: 'nobody', text: effect.do }]
  }
}
