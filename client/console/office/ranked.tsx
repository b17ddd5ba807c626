/** Some of several, one after another: each can be moved up or taken out, what is left can be added. */
import { officeWords } from '../../i18n/office.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Option } from './fields.tsx'
import { type FormState, Group } from './form.tsx'

interface RankedProps {
  readonly form: FormState
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly options: readonly Option[]
  /** Ids, the first one first. One that is no option is shown as it is. */
  readonly value: readonly string[]
  onChange(value: readonly string[]): void
  /** Nothing is added or taken out: only the order is chosen. */
  readonly fixed?: boolean
}

export function RankedField({ options, value, onChange, fixed = false, ...field }: RankedProps) {
  const t = officeWords.value
  const nameOf = (id: string) => options.find((option) => option.id === id)?.name ?? id
  const left = options.filter(({ id }) => !value.includes(id))
  const up = (at: number, button: HTMLButtonElement) => {
    const moved = value[at]
    if (moved === undefined) return
    onChange(value.toSpliced(at, 1).toSpliced(at - 1, 0, moved))
    // A moved element loses the focus.
    requestAnimationFrame(() => button.focus())
  }
  return (
    <Group {...field}>
      <ol class="ranked" data-testid={`ranked-${field.name}`}>
        {value.map((id, at) => (
          <li key={id} data-id={id}>
            <span class="grow">{nameOf(id)}</span>
            {at > 0 && (
              <button
                type="button"
                class="btn ghost sm"
                aria-label={t.moveUp(nameOf(id))}
                onClick={({ currentTarget }) => up(at, currentTarget)}
              >
                <Icon name="up" />
              </button>
            )}
            {!fixed && (
              <button
                type="button"
                class="btn ghost sm"
                aria-label={t.takeOut(nameOf(id))}
                onClick={() => onChange(value.toSpliced(at, 1))}
              >
                <Icon name="x" />
              </button>
            )}
          </li>
        ))}
      </ol>
      {!fixed && left.length > 0 && (
        <select
          class="input"
          aria-label={`${t.add}: ${field.label}`}
          value=""
          onChange={({ currentTarget }) => onChange([...value, currentTarget.value])}
        >
          <option value="" disabled>
            {t.add}
          </option>
          {left.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Group>
  )
}
