/** What staff note about a conversation as a whole: its tags and its attributes, to be seen and changed. */
import type { Desk } from '../../../core/protocol/api.ts'
import type { AttributeValue, StaffView } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { desk } from '../desk.ts'
import { useHeld } from '../held.ts'
import { tagsAfter, tagsWait } from '../offline/tags.ts'
import { type StaffTalk, tellIfRefused } from '../work.ts'

interface Props {
  readonly talk: StaffTalk
  readonly view: StaffView
}

export function Tags({ talk, view }: Props) {
  if (desk.value.tags.length === 0) return null
  const waiting = talk.peer.items.value
  const chosen = tagsAfter(view.tags, waiting)
  const isUp = talk.peer.link.value === 'live' || talk.peer.link.value === 'polling'
  const change = (id: string, isOn: boolean) =>
    tellIfRefused(talk.peer.command('tag', isOn ? { add: [id] } : { remove: [id] }, { keep: true }))
  return (
    <fieldset>
      <legend>{words.value.tags}</legend>
      {desk.value.tags.map(({ id, name }) => (
        <Tick key={id} label={name} is={chosen.has(id)} tell={(isOn) => change(id, isOn)} />
      ))}
      {!isUp && tagsWait(waiting) && <p class="hint">{words.value.tagsWait}</p>}
    </fieldset>
  )
}

interface TickProps {
  readonly label: string
  readonly is: boolean
  tell(isOn: boolean): Promise<unknown>
}

function Tick({ label, is, tell }: TickProps) {
  const { shown, send } = useHeld(is, tell)
  return (
    <label class="tick">
      <input type="checkbox" checked={shown} onChange={(event) => void send(event.currentTarget.checked)} /> {label}
    </label>
  )
}

export function Attributes({ talk, view }: Props) {
  return (
    <>
      {desk.value.attributes.map((attribute) => (
        <Attribute key={attribute.id} talk={talk} attribute={attribute} value={view.attributes[attribute.id]} />
      ))}
    </>
  )
}

interface AttributeProps {
  readonly talk: StaffTalk
  readonly attribute: Desk['attributes'][number]
  readonly value: AttributeValue | undefined
}

function Attribute({ talk, attribute, value }: AttributeProps) {
  const { id, name, type } = attribute
  const set = (to: AttributeValue | null) => tellIfRefused(talk.peer.command('describe', { attributes: { [id]: to } }))
  if (type === 'boolean') return <Tick label={name} is={value === true} tell={set} />
  const write = (text: string) => set(text === '' ? null : type === 'number' ? Number(text) : text)
  return <Written attribute={attribute} value={String(value ?? '')} tell={write} />
}

interface WrittenProps {
  readonly attribute: Desk['attributes'][number]
  readonly value: string
  tell(text: string): Promise<unknown>
}

function Written({ attribute: { id, name, type, values }, value, tell }: WrittenProps) {
  const { shown, hold, send } = useHeld(value, tell)
  const field = {
    id: `attribute-${id}`,
    class: 'input',
    value: shown,
    onInput: (event: { currentTarget: { value: string } }) => hold(event.currentTarget.value),
    onChange: (event: { currentTarget: { value: string } }) => void send(event.currentTarget.value),
  }
  return (
    <label class="field" for={field.id}>
      <span>{name}</span>
      {type === 'list' ? (
        <select {...field} class="select">
          <option value="" />
          {(values ?? []).map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : type === 'date' ? (
        <input {...field} type="date" />
      ) : type === 'number' ? (
        <input {...field} type="number" step="any" />
      ) : (
        <input {...field} maxLength={500} />
      )}
    </label>
  )
}
