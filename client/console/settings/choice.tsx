/** One of a few, all of them to be seen. */
import type { Signal } from '@preact/signals'

interface ChoiceProps<T extends string> {
  readonly name: string
  readonly label: string
  readonly options: readonly T[]
  readonly chosen: Signal<T>
  readonly words: Readonly<Record<T, string>>
}

export function Choice<T extends string>({ name, label, options, chosen, words }: ChoiceProps<T>) {
  return (
    <fieldset class="field choice">
      <legend class="label">{label}</legend>
      <div class="seg">
        {options.map((option) => (
          <label key={option}>
            <input
              type="radio"
              class="sr"
              name={name}
              checked={chosen.value === option}
              onChange={() => {
                chosen.value = option
              }}
            />
            <span>{words[option]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
