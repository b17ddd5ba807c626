/** One flow as a text: what is wrong stands below with its line, while it is being written; then it is published. */
import { useComputed, useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import * as z from 'zod/mini'
import { flowToYaml, type PlacedFault, readFlow } from '../../../core/flow/file.ts'
import { own } from '../../../core/own.ts'
import type { Config } from '../../../core/protocol/config.ts'
import { key as Key } from '../../../core/protocol/fields.ts'
import type { Flow } from '../../../core/protocol/flow.ts'
import { fieldText } from '../../i18n/field-errors.ts'
import { flowWords } from '../../i18n/flows.ts'
import { hashOf } from '../address.ts'
import { publish, without } from '../office/config.ts'
import { Confirm } from '../office/confirm.tsx'
import { SwitchField, TextField } from '../office/fields.tsx'
import { Field, Form, useForm } from '../office/form.tsx'
import { go } from '../place.ts'
import { type FlowsProps, linkTo } from './flows.tsx'
import { Rehearsal } from './rehearsal.tsx'

const Named = z.object({ key: Key })

/** What a new flow begins with: a question, two answers, and a queue. */
const beginning = `name: Menu
start: menu
nodes:
  menu:
    do: menu
    prompt: What is it about?
    options:
      - { id: order, label: My order, next: number }
      - { id: other, label: Something else, next: desk }
    otherwise: desk
  number:
    do: collect
    prompt: Which order number?
    expected: { is: digits, least: 4, most: 8 }
    into: flow.order
    next: desk
    otherwise: desk
  desk:
    do: queue
    text: One moment, please.
`

export function Editor({ book, config, which }: FlowsProps) {
  const t = flowWords.value
  const isNew = which === '~new'
  const before = own(config.flows, which)
  const key = useSignal(isNew ? '' : which)
  const text = useSignal(before === undefined ? beginning : flowToYaml(before))
  const isEntrance = useSignal(!isNew && config.entrances.flows?.chat === which)
  const area = useRef<HTMLTextAreaElement>(null)
  const id = key.value === '' ? 'new' : key.value
  const now = useComputed(() => readFlow(text.value, id, config, isEntrance.value ? 'chat' : undefined))
  const { flow, faults } = now.value
  const isSound = faults.every(({ weight }) => weight === 'warned')
  const form = useForm((field) => (field.startsWith(`flows.${key.peek()}.`) ? 'text' : field))
  const save = async () => {
    const named = form.check(Named, { key: key.value })
    if (named === undefined) return
    if (flow === null || !isSound) {
      form.wrong.value = faults
        .filter(({ weight }) => weight === 'refused')
        .map(({ line, column, what }) => ({ field: 'text', message: `${t.line(line, column)}: ${fieldText(what)}` }))
      return
    }
    const change = (newest: Config) => changed(newest, named.key, flow, isEntrance.value)
    const isGood = await publish(form, book, change, t.note(flow.name))
    if (isGood && isNew) go({ at: 'organisation', page: `flows/${named.key}`, query: {} }, 'replace')
  }
  const remove = async () => {
    const isGood = await publish(form, book, (newest) => removed(newest, which), t.removed(before?.name ?? which))
    if (isGood) go({ at: 'organisation', page: 'flows', query: {} })
  }
  const lead = ({ line, column }: PlacedFault) => {
    const lines = text.value.split('\n')
    const at = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1
    area.current?.focus()
    area.current?.setSelectionRange(at, at)
  }
  return (
    <>
      <p class="row">
        <a href={linkTo('')}>← {t.all}</a>
        <a href={hashOf({ at: 'versions', page: '', query: {} })}>{t.earlier}</a>
      </p>
      <h2>{isNew ? t.add : (before?.name ?? which)}</h2>
      <Form
        form={form}
        label={t.form}
        button={t.publish}
        onSend={save}
        more={!isNew && <Confirm label={t.remove} question={t.removeAsk(before?.name ?? which)} run={remove} />}
      >
        {isNew && (
          <TextField
            form={form}
            name="key"
            label={t.key}
            hint={t.keyHint}
            value={key.value}
            onChange={(to) => {
              key.value = to
            }}
          />
        )}
        <div class="flowtext">
          <Field form={form} name="text" label={t.text} hint={t.textHint}>
            {(ties) => (
              <textarea
                {...ties}
                ref={area}
                class="input"
                rows={20}
                spellcheck={false}
                wrap="off"
                value={text.value}
                onInput={(event) => {
                  text.value = event.currentTarget.value
                }}
              />
            )}
          </Field>
        </div>
        <Faults faults={faults} onGo={lead} />
        <SwitchField
          form={form}
          name="entrances.flows.chat"
          label={t.entrance}
          value={isEntrance.value}
          onChange={(is) => {
            isEntrance.value = is
          }}
        />
      </Form>
      <Rehearsal
        flow={isSound ? flow : null}
        id={id}
        flows={{ ...config.flows, ...(flow === null ? {} : { [id]: flow }) }}
        hours={config.hours}
      />
    </>
  )
}

interface FaultsProps {
  readonly faults: readonly PlacedFault[]
  onGo(fault: PlacedFault): void
}

function Faults({ faults, onGo }: FaultsProps) {
  const t = flowWords.value
  return (
    <div data-testid="faults" data-count={faults.length}>
      <p role="status" class="med">
        {faults.length === 0 ? t.fine : t.faults(faults.length)}
      </p>
      <ul class="flowfaults">
        {faults.map((fault) => (
          <li key={`${fault.line} ${fault.column} ${fault.field} ${fault.what}`} data-line={fault.line}>
            <button type="button" onClick={() => onGo(fault)}>
              {t.line(fault.line, fault.column)}
            </button>
            {': '}
            {fault.weight === 'warned' && `${t.warning}: `}
            {fieldText(fault.what)} {fault.field !== '' && <code>{fault.field}</code>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function changed(newest: Config, id: string, flow: Flow, isEntrance: boolean): Config {
  const { flows: named, ...entrances } = newest.entrances
  const was = named?.chat
  const chat = isEntrance ? id : was === id ? undefined : was
  return {
    ...newest,
    flows: { ...newest.flows, [id]: flow },
    entrances: chat === undefined ? entrances : { ...entrances, flows: { chat } },
  }
}

function removed(newest: Config, id: string): Config {
  const { flows: named, ...entrances } = newest.entrances
  return {
    ...newest,
    flows: without(newest.flows, id),
    entrances: named?.chat === undefined || named.chat === id ? entrances : { ...entrances, flows: named },
  }
}
