/** What each part of the form of the chat's look gets. */
import type { WidgetSettings } from '../../../../core/protocol/widget.ts'
import type { FormState } from '../../office/form.tsx'

export interface PartProps {
  readonly form: FormState
  readonly draft: WidgetSettings
  set(more: Partial<WidgetSettings>): void
}
