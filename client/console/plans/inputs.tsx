/** The small inputs of the editor: each changes one part of the draft, and shows what is wrong with it. */
import { Field, type FormState } from '../office/form.tsx'

interface Common {
  readonly form: FormState
  /** The path of the part, as errors name it. */
  readonly name: string
  readonly label: string
  readonly hint?: string
}

/** Empty is undefined; `per` is how many of the draft's units one of the screen's is. */
export function NumberField({
  value,
  per = 1,
  onChange,
  ...field
}: Common & { readonly value: number | undefined; readonly per?: number; onChange(value: number | undefined): void }) {
  return (
    <Field {...field}>
      {(ties) => (
        <input
          {...ties}
          class="input"
          type="number"
          step="any"
          value={value === undefined || Number.isNaN(value) ? '' : value / per}
          onInput={({ currentTarget: { value: typed } }) =>
            onChange(typed === '' ? undefined : Math.round(Number(typed) * per))
          }
        />
      )}
    </Field>
  )
}

export function TextField({
  value,
  long = false,
  onChange,
  ...field
}: Common & { readonly value: string; readonly long?: boolean; onChange(value: string): void }) {
  return (
    <Field {...field}>
      {(ties) =>
        long ? (
          <textarea {...ties} class="input" rows={2} value={value} onInput={(e) => onChange(e.currentTarget.value)} />
        ) : (
          <input {...ties} class="input" value={value} onInput={(e) => onChange(e.currentTarget.value)} />
        )
      }
    </Field>
  )
}

/** One of a few; what is chosen and not among them is shown as it is. */
export function ChoiceField<T extends string>({
  value,
  options,
  words,
  onChange,
  ...field
}: Common & {
  readonly value: T
  readonly options: readonly T[]
  readonly words: Readonly<Record<string, string>>
  onChange(value: T): void
}) {
  const all = options.includes(value) ? options : [value, ...options]
  return (
    <Field {...field}>
      {(ties) => (
        <select
          {...ties}
          class="input"
          value={value}
          onChange={({ currentTarget }) => {
            const chosen = all.find((option) => option === currentTarget.value)
            if (chosen !== undefined) onChange(chosen)
          }}
        >
          {all.map((option) => (
            <option key={option} value={option}>
              {words[option] ?? option}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
