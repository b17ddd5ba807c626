/** An explanation in words: what keeps a contact waiting, and what was recorded with each of its assignments. */
import { type Assignment, type Decision, Explanation } from '../../../core/protocol/explanation.ts'
import { clockTime, dateTime, locale } from '../../i18n/locale.ts'
import { whyWords } from '../../i18n/why.ts'
import { useAnswer } from '../office/answer.ts'
import { Shown } from '../office/shown.tsx'
import { agentName, queueName } from '../work.ts'

export interface ExplainedProps {
  readonly conversation: string
}

export function Explained({ conversation }: ExplainedProps) {
  const t = whyWords.value
  const path = `/api/v1/conversations/${encodeURIComponent(conversation)}/explanation`
  const answer = useAnswer(path, Explanation)
  return (
    <Shown answer={answer}>
      {({ standing, assignments }) => (
        <div class="explained" data-testid="explained">
          <h3>{t.waitTitle}</h3>
          <Wait standing={standing} />
          <h3>{t.gotTitle}</h3>
          {assignments.length === 0 && <p class="muted">{t.nobodyYet}</p>}
          <ol>
            {assignments.map((one) => (
              <li key={one.lease}>
                <Got assignment={one} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </Shown>
  )
}

type Standing = Explanation['standing']

function Wait({ standing }: { readonly standing: Standing }) {
  const t = whyWords.value
  const { nextStepAt, fallbackAt, queues, is } = standing
  return (
    <>
      <p data-testid="why-is" data-is={is}>
        {sayStanding(standing)}
      </p>
      {queues.map((queue) => (
        <InQueue key={queue.queue} queue={queue} standing={standing} />
      ))}
      {nextStepAt !== null && <p>{t.nextStep(clockTime(nextStepAt))}</p>}
      {fallbackAt !== null && <p>{t.fallback(clockTime(fallbackAt))}</p>}
    </>
  )
}

function sayStanding({ is, agent, until, preferred, ringing }: Standing): string {
  const t = whyWords.value
  const who = ringing?.map((each) => agentName(each)).join(', ') ?? (agent === null ? '' : agentName(agent))
  const when = until === null ? '' : dateTime(until)
  switch (is) {
    case 'ringing':
      return t.is.ringing(who, preferred)
    case 'talking':
      return t.is.talking(who)
    case 'hours':
      return t.is.hours(when)
    case 'laid-aside':
      return t.is['laid-aside'](when)
    default:
      return t.is[is]
  }
}

interface InQueueProps {
  readonly queue: Standing['queues'][number]
  readonly standing: Standing
}

function InQueue({ queue: { queue, now, ...need }, standing }: InQueueProps) {
  const t = whyWords.value
  const name = queueName(queue)
  if (now === null) return <p>{t.gone(name)}</p>
  const all = Object.values(now.counts).reduce((sum, n) => sum + n, 0)
  const hasNobody = all > 0 && now.counts.lacks === all
  return (
    <>
      <p>{t.queue(name, now.before)}</p>
      {all === 0 && <p>{t.nobody}</p>}
      {hasNobody && <p>{t.nobodyHas(sayNeed(need))}</p>}
      <ul>
        {now.agents.map((kept) => (
          <li key={kept.agent} data-reason={kept.reason}>
            <strong>{agentName(kept.agent)}</strong> {sayKept(kept, standing)}
          </li>
        ))}
        {all > now.agents.length && <li>{t.more(all - now.agents.length)}</li>}
      </ul>
    </>
  )
}

function sayNeed({ level, skills, where }: Pick<Standing['queues'][number], 'level' | 'skills' | 'where'>): string {
  const t = whyWords.value
  const parts = Object.entries(skills).map(([skill, least]) => `${skill} ≥ ${least}`)
  return [`${t.by.level} ≥ ${level}`, ...parts, ...(where === null ? [] : [where])].join(', ')
}

type Kept = NonNullable<Standing['queues'][number]['now']>['agents'][number]

function sayKept({ agent, reason, lacks = [], load }: Kept, { cooling }: Standing): string {
  const t = whyWords.value.agent
  if (reason === 'lacks') return t.lacks(lacks.join(', '))
  if (reason === 'full') return t.full(load)
  if (reason !== 'cooling') return t[reason]
  const until = cooling.find((one) => one.agent === agent)?.until
  return t.cooling(until === undefined ? '…' : clockTime(until))
}

function Got({ assignment }: { readonly assignment: Assignment }) {
  const t = whyWords.value
  const { at, agent, via, why, decision, outcome } = assignment
  const known = Object.entries(t.outcomes).find(([name]) => name === (outcome ?? 'rings'))?.[1]
  const reason = Object.entries(t.whys).find(([name]) => name === why)?.[1]
  return (
    <>
      <p>
        <strong>{t.asked(dateTime(at), agentName(agent))}</strong> <span class="pill">{known ?? outcome}</span>
      </p>
      <p>{via === null ? (reason ?? t.byHand) : t.via(queueName(via))}</p>
      {via !== null && reason !== undefined && <p>{reason}</p>}
      {via !== null &&
        reason === undefined &&
        (decision === null ? <p class="muted">{t.unknown}</p> : <Decided decision={decision} />)}
    </>
  )
}

function Decided({ decision }: { readonly decision: Decision }) {
  const t = whyWords.value
  const { rivals, order, before, by, others } = decision
  return (
    <ul data-testid="decided">
      {rivals.length === 0 && <li>{t.alone}</li>}
      {rivals.map((rival) => (
        <li key={rival.agent}>{sayRival(decision, rival)}</li>
      ))}
      {rivals.length > 0 && <li class="muted">{t.compared(order.map(sayName).join(', '))}</li>}
      {before > 0 && <li>{t.skipped(before)}</li>}
      {by === 'order' && <li>{t.byOrder}</li>}
      {by === 'rank' && others.length > 0 && <li>{t.byRank(others.length)}</li>}
    </ul>
  )
}

/** The first attribute in which they differ is what decided. */
function sayRival({ order, chosen }: Decision, { agent, values }: Decision['rivals'][number]): string {
  const t = whyWords.value
  const at = order.findIndex((_, i) => chosen[i] !== values[i])
  const name = order[at]
  if (name === undefined) return t.tie(agentName(agent))
  return t.before(agentName(agent), sayName(name), sayValue(name, chosen[at] ?? 0), sayValue(name, values[at] ?? 0))
}

function sayName(name: string): string {
  const { by } = whyWords.value
  const [what = '', skill = ''] = name.split(' ')
  if (what === 'skill') return by.skill(skill)
  if (what === 'level' || what === 'idle' || what === 'load' || what === 'served') return by[what]
  return what
}

/** Times are instants; an agent that was never given a contact has none. */
function sayValue(name: string, value: number): string {
  const isTime = name.startsWith('idle') || name.startsWith('served')
  if (!isTime) return String(value)
  return value === 0 ? '–' : new Intl.DateTimeFormat(locale.value, { timeStyle: 'medium' }).format(value)
}
