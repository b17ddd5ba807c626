/** The chat's colours, and whether they can be seen. */
import { brandOf, contrast } from '../../../../core/widget/look.ts'
import { locale } from '../../../i18n/locale.ts'
import { widgetLookWords } from '../../../i18n/widget-look.ts'
import { Icon } from '../../../ui/icon.tsx'
import { SwitchField, TextField } from '../../office/fields.tsx'
import { Group } from '../../office/form.tsx'
import type { PartProps } from './part.ts'

const ours = '#4f46e5'
/** Where the chat's own plane is, in each mode; a page's may be another. */
const planes = { accent: '#ffffff', accentDark: '#1b1c22' } as const

export function Colours({ form, draft, set }: PartProps) {
  const t = widgetLookWords.value
  return (
    <Group form={form} name="colours" label={t.colours}>
      {(['accent', 'accentDark'] as const).map((which) => {
        const colour = draft.colours[which]
        const choose = (next: string | undefined) => {
          const { [which]: _, ...others } = draft.colours
          set({ colours: next === undefined ? others : { ...others, [which]: next } })
        }
        return (
          <div key={which}>
            <SwitchField
              form={form}
              name={`own.${which}`}
              label={t.own[which]}
              value={colour !== undefined}
              onChange={(is) => choose(is ? (draft.colours.accent ?? ours) : undefined)}
            />
            {colour !== undefined && (
              <>
                <TextField
                  form={form}
                  name={`colours.${which}`}
                  type="color"
                  label={t.colour[which]}
                  value={colour}
                  onChange={choose}
                />
                <Contrast colour={colour} plane={planes[which]} />
              </>
            )}
          </div>
        )
      })}
    </Group>
  )
}

/** What is written on the colour can always be read; that the colour itself stands out nobody else sees to (WCAG 1.4.11). */
function Contrast({ colour, plane }: { readonly colour: string; readonly plane: string }) {
  const t = widgetLookWords.value
  const { on } = brandOf(colour)
  const around = contrast(colour, plane)
  const isLow = around < 3
  const digits = new Intl.NumberFormat(locale.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const two = (ratio: number) => digits.format(ratio)
  return (
    <p class="contrast" role="status" data-low={isLow}>
      {isLow && <Icon name="warn" />} {t.written(on === '#ffffff', two(contrast(colour, on)))}{' '}
      {isLow ? t.low(two(around)) : t.enough(two(around))}
    </p>
  )
}
