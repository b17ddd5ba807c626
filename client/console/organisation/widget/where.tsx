/** Where on a page the chat is, and when it is open. */
import type { Config } from '../../../../core/protocol/config.ts'
import { organisationWords } from '../../../i18n/organisation.ts'
import { widgetLookWords } from '../../../i18n/widget-look.ts'
import { AreaField, NumberField, SelectField, SwitchField } from '../../office/fields.tsx'
import { Group } from '../../office/form.tsx'
import { given } from '../section.tsx'
import type { PartProps } from './part.ts'

export function Place({ form, draft, set }: PartProps) {
  const t = widgetLookWords.value
  const { position, offset, launcher } = draft
  return (
    <Group form={form} name="place" label={t.place}>
      <SelectField
        form={form}
        name="position"
        label={t.position}
        options={[
          { id: 'right', name: t.right },
          { id: 'left', name: t.left },
        ]}
        value={position}
        onChange={(to) => set({ position: to === 'left' ? 'left' : 'right' })}
      />
      <NumberField
        form={form}
        name="offset.side"
        label={t.side}
        value={offset.side}
        onChange={(side) => set({ offset: { ...offset, side } })}
      />
      <NumberField
        form={form}
        name="offset.bottom"
        label={t.bottom}
        value={offset.bottom}
        onChange={(bottom) => set({ offset: { ...offset, bottom } })}
      />
      <SwitchField
        form={form}
        name="launcher"
        label={t.launcher}
        hint={t.launcherHint}
        value={launcher === 'button'}
        onChange={(is) => set({ launcher: is ? 'button' : 'none' })}
      />
    </Group>
  )
}

const outside = ['chat', 'message', 'closed'] as const

export function Open({ form, draft, set, config }: PartProps & { readonly config: Config }) {
  const t = widgetLookWords.value
  const names = Object.keys(config.hours).map((id) => ({ id, name: id }))
  return (
    <Group form={form} name="open" label={t.open}>
      <SelectField
        form={form}
        name="hours"
        label={organisationWords.value.pages.hours}
        none={organisationWords.value.always}
        options={names}
        value={draft.hours ?? ''}
        onChange={(hours) => set({ hours: given(hours) })}
      />
      <SelectField
        form={form}
        name="outsideHours"
        label={t.outside}
        options={outside.map((id) => ({ id, name: t.outsides[id] }))}
        value={draft.outsideHours}
        onChange={(to) => set({ outsideHours: outside.find((one) => one === to) ?? 'message' })}
      />
      <SwitchField
        form={form}
        name="typingPreview"
        label={t.typingPreview}
        hint={t.typingPreviewHint}
        value={draft.typingPreview}
        onChange={(typingPreview) => set({ typingPreview })}
      />
      <AreaField
        form={form}
        name="origins"
        label={t.origins}
        hint={t.originsHint}
        value={draft.origins.join('\n')}
        onChange={(text) => set({ origins: text.split('\n') })}
      />
    </Group>
  )
}
