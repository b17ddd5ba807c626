/** Forms of the places: what was typed is checked by its schema, and what is wrong stands at its field. */
import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import type * as z from 'zod/mini'
import { explain } from '../../../core/protocol/explain.ts'
import { faultText } from '../../i18n/faults.ts'
import { fieldText } from '../../i18n/field-errors.ts'
import { officeWords } from '../../i18n/office.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Called, Refusal } from '../api.ts'

export interface Wrong {
  readonly field: string
  readonly message: string
}

export interface FormState {
  readonly id: string
  readonly busy: Signal<boolean>
  readonly wrong: Signal<readonly Wrong[]>
  /** What went wrong that is of no field. */
  readonly trouble: Signal<string>
  readonly done: Signal<boolean>
  /** What the schema makes of the value; undefined when it does not fit, and the form says why. */
  check<S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> | undefined
  /** Sends; the answer if it was good, undefined when the form says why it was not. */
  send<T>(task: () => Promise<Called<T>>): Promise<{ readonly value: T } | undefined>
  refuse(refusal: Refusal): void
}

/** `nameOf` turns the field of a refusal into that of the form. */
export function useForm(nameOf: (field: string) => string = (field) => field): FormState {
  const busy = useSignal(false)
  const wrong = useSignal<readonly Wrong[]>([])
  const trouble = useSignal('')
  const done = useSignal(false)
  const clear = () => {
    wrong.value = []
    trouble.value = ''
    done.value = false
  }
  const refuse = (refusal: Refusal) => {
    wrong.value = refusal.errors.map(({ field, message }) => ({ field: nameOf(field), message }))
    if (wrong.value.length === 0)
      trouble.value = refusal.status === 0 ? officeWords.value.unreachable : faultText(refusal)
  }
  return {
    id: useId(),
    busy,
    wrong,
    trouble,
    done,
    refuse,
    check(schema, value) {
      clear()
      const parsed = schema.safeParse(value)
      if (parsed.success) return parsed.data
      wrong.value = parsed.error.issues.map((issue) => ({
        field: nameOf(issue.path.join('.')),
        message: explain(issue),
      }))
      return undefined
    },
    async send(task) {
      clear()
      busy.value = true
      const answer = await task()
      busy.value = false
      if (!answer.ok) {
        refuse(answer)
        return undefined
      }
      done.value = true
      return { value: answer.value }
    },
  }
}

/** How a field's input is tied to its label and to what is wrong with it. */
export interface Ties {
  readonly id: string
  readonly name: string
  readonly 'aria-invalid'?: 'true'
  readonly 'aria-describedby'?: string
}

interface FieldProps {
  readonly form: FormState
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly children: (ties: Ties) => ComponentChildren
}

const idOf = (form: FormState, name: string) => `${form.id}-${name}`
const wrongWith = (form: FormState, name: string) =>
  form.wrong.value.filter(({ field }) => field === name || field.startsWith(`${name}.`))

export function Field({ form, name, label, hint, children }: FieldProps) {
  const id = idOf(form, name)
  const [first] = wrongWith(form, name)
  const ties: Ties = {
    id,
    name,
    ...(first === undefined ? {} : { 'aria-invalid': 'true' }),
    ...(first === undefined && hint === undefined ? {} : { 'aria-describedby': `${id}-more` }),
  }
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      {children(ties)}
      {(hint !== undefined || first !== undefined) && (
        <div id={`${id}-more`}>
          {first !== undefined && <p class="err">{fieldText(first.message)}</p>}
          {hint !== undefined && <p class="hint">{hint}</p>}
        </div>
      )}
    </div>
  )
}

/** A group of inputs under one label. */
export function Group({
  form,
  name,
  label,
  hint,
  children,
}: Omit<FieldProps, 'children'> & { readonly children: ComponentChildren }) {
  const [first] = wrongWith(form, name)
  return (
    <fieldset class="group" id={idOf(form, name)} tabIndex={-1}>
      <legend class="label">{label}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
      {first !== undefined && <p class="err">{fieldText(first.message)}</p>}
    </fieldset>
  )
}

interface FormProps {
  readonly form: FormState
  readonly label: string
  readonly children: ComponentChildren
  /** Beside the button that sends. */
  readonly more?: ComponentChildren
  readonly button?: string
  onSend(): Promise<unknown>
}

export function Form({ form, label, children, more, button, onSend }: FormProps) {
  const t = officeWords.value
  return (
    <form
      class="form"
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!form.busy.value) void onSend()
      }}
    >
      <Summary form={form} />
      {children}
      <div class="row ends">
        <button type="submit" class="btn primary" aria-disabled={form.busy.value}>
          {button ?? t.save}
        </button>
        {more}
        <p role="status" class="t2">
          {form.done.value && t.saved}
        </p>
      </div>
    </form>
  )
}

/** Everything that is wrong, on top: each line leads to its field. */
function Summary({ form }: { readonly form: FormState }) {
  const t = officeWords.value
  const box = useRef<HTMLDivElement>(null)
  const { wrong, trouble } = form
  useEffect(() => {
    if (wrong.value.length > 0 || trouble.value !== '') box.current?.focus()
  }, [wrong.value, trouble.value])
  if (wrong.value.length === 0 && trouble.value === '') return null
  return (
    <div class="sum" role="alert" tabIndex={-1} ref={box}>
      <p class="row med">
        <Icon name="warn" /> {trouble.value === '' ? t.toMend(wrong.value.length) : trouble.value}
      </p>
      <ul>
        {wrong.value.map(({ field, message }) => (
          <li key={field}>
            <button type="button" onClick={() => lead(form, field)}>
              {fieldText(message)}
            </button>
            {field !== '' && <code> {field}</code>}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** To the field, or to the nearest that it is a part of. */
function lead(form: FormState, field: string): void {
  const parts = field.split('.')
  for (let n = parts.length; n > 0; n--) {
    const there = document.getElementById(idOf(form, parts.slice(0, n).join('.')))
    if (there !== null) return there.focus()
  }
}
