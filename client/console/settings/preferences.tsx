/** The page on which somebody makes the console their own. */
import type { Signal } from '@preact/signals'
import { words } from '../../i18n/console.ts'
import { LanguageSwitch } from '../frame/language.tsx'
import { densities, density, theme, themes } from './preferences.ts'

export function Preferences() {
  const t = words.value.settings
  return (
    <>
      <p class="lead">{t.here}</p>
      <div class="field">
        <span class="label">{words.value.language}</span>
        <LanguageSwitch />
      </div>
      <Choice name="theme" label={t.theme} options={themes} chosen={theme} words={t.themes} />
      <Choice name="density" label={t.density} options={densities} chosen={density} words={t.densities} />
    </>
  )
}

interface ChoiceProps<T extends string> {
  readonly name: string
  readonly label: string
  readonly options: readonly T[]
  readonly chosen: Signal<T>
  readonly words: Readonly<Record<T, string>>
}

function Choice<T extends string>({ name, label, options, chosen, words }: ChoiceProps<T>) {
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
