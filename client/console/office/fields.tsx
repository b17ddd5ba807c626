/** The kinds of fields that the forms of the places are made of. */
import { officeWords } from '../../i18n/office.ts'
import { Field, type FormState, Group } from './form.tsx'

interface Common {
  readonly form: FormState
  /** Its path in what the form sends, as errors name it. */
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
}
interface Bound<V> extends Common {
  readonly value: V
  onChange(value: V): void
}
export interface Option {
  readonly id: string
  readonly name: string
}

interface TextProps extends Bound<string> {
  readonly type?: 'text' | 'email' | 'date' | 'time' | 'color'
  readonly list?: string
}

export function TextField({ value, onChange, type = 'text', list, ...field }: TextProps) {
  return (
    <Field {...field}>
      {(ties) => (
        <input
          {...ties}
          {...(list === undefined ? {} : { list })}
          class="input"
          type={type}
          autocomplete="off"
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export function AreaField({ value, onChange, ...field }: Bound<string>) {
  return (
    <Field {...field}>
      {(ties) => (
        <textarea
          {...ties}
          class="input"
          rows={5}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

/** What is no number is NaN, which no schema takes. */
export function NumberField({ value, onChange, ...field }: Bound<number>) {
  return (
    <Field {...field}>
      {(ties) => (
        <input
          {...ties}
          class="input num"
          type="number"
          inputMode="numeric"
          value={Number.isNaN(value) ? '' : value}
          onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
      )}
    </Field>
  )
}

/** A length of time that is kept in ms and typed in `unit`s of so many. */
export function SpanField({ value, onChange, unit, ...field }: Bound<number> & { readonly unit: number }) {
  return <NumberField {...field} value={value / unit} onChange={(count) => onChange(Math.round(count * unit))} />
}

interface SelectProps extends Bound<string> {
  readonly options: readonly Option[]
  /** What '' is called; absent: something has to be chosen. */
  readonly none?: string
}

export function SelectField({ value, onChange, options, none, ...field }: SelectProps) {
  return (
    <Field {...field}>
      {(ties) => (
        <select {...ties} class="input" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {options.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function SwitchField({ form, name, label, hint, value, onChange }: Bound<boolean>) {
  return (
    <div class="field">
      <label class="tick">
        <input
          type="checkbox"
          id={`${form.id}-${name}`}
          name={name}
          checked={value}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {label}
      </label>
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  )
}

interface TicksProps extends Bound<readonly string[]> {
  readonly options: readonly Option[]
}

export function TicksField({ value, onChange, options, ...field }: TicksProps) {
  return (
    <Group {...field}>
      <div class="ticks">
        {options.map(({ id, name }) => (
          <label class="tick" key={id}>
            <input
              type="checkbox"
              name={id}
              checked={value.includes(id)}
              onChange={(event) => {
                const rest = value.filter((one) => one !== id)
                onChange(event.currentTarget.checked ? [...rest, id] : rest)
              }}
            />
            {name}
          </label>
        ))}
        {options.length === 0 && <span class="muted">{officeWords.value.none}</span>}
      </div>
    </Group>
  )
}

interface LevelsProps extends Bound<Readonly<Record<string, number>>> {
  readonly options: readonly Option[]
}

/** Some of many, each with a level of 1 to 10; 0 is none. */
export function LevelsField({ value, onChange, options, ...field }: LevelsProps) {
  const set = (id: string, level: number) => {
    const rest = Object.entries(value).filter(([other]) => other !== id)
    onChange(Object.fromEntries(level > 0 ? [...rest, [id, level]] : rest))
  }
  return (
    <Group {...field}>
      <div class="levels">
        {options.map(({ id, name }) => (
          <label class="tick" key={id}>
            <select
              class="input"
              name={`${field.name}.${id}`}
              value={value[id] ?? 0}
              onChange={(event) => set(id, Number(event.currentTarget.value))}
            >
              {Array.from({ length: 11 }, (_, level) => (
                <option key={level} value={level}>
                  {level === 0 ? '–' : level}
                </option>
              ))}
            </select>
            {name}
          </label>
        ))}
        {options.length === 0 && <span class="muted">{officeWords.value.none}</span>}
      </div>
    </Group>
  )
}

/** The entries of a record as choices. */
export const optionsOf = (all: Readonly<Record<string, { readonly name: string }>>): Option[] =>
  Object.entries(all).map(([id, { name }]) => ({ id, name }))
