/** How staff sign in: for how long, who with a second factor, and by which identity provider. */
import { useSignal } from '@preact/signals'
import type { Config } from '../../../core/protocol/config.ts'
import type { SessionPolicy } from '../../../core/protocol/policies.ts'
import { staffRoles } from '../../../core/protocol/principal.ts'
import { accessWords } from '../../i18n/access.ts'
import { officeWords } from '../../i18n/office.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { hashOf } from '../address.ts'
import { publish } from '../office/config.ts'
import { SpanField, SwitchField, TextField, TicksField } from '../office/fields.tsx'
import { Form, useForm } from '../office/form.tsx'
import type { ConfigBook } from './section.tsx'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const path = 'policies.session.'

export function Access({ book, config }: { readonly book: ConfigBook; readonly config: Config }) {
  const t = accessWords.value
  const form = useForm((field) => (field.startsWith(path) ? field.slice(path.length) : field))
  const draft = useSignal<SessionPolicy>(config.policies.session)
  const set = (more: Partial<SessionPolicy>) => {
    draft.value = { ...draft.value, ...more }
  }
  const { lifetime, idle, totp, oidc } = draft.value
  const changed = (newest: Config): Config => ({ ...newest, policies: { ...newest.policies, session: draft.value } })
  const { access } = organisationWords.value.pages
  return (
    <Form form={form} label={access} onSend={() => publish(form, book, changed, access)}>
      <SpanField
        form={form}
        name="lifetime"
        label={t.lifetime}
        unit={HOUR}
        value={lifetime}
        onChange={(ms) => set({ lifetime: ms })}
      />
      <SpanField
        form={form}
        name="idle"
        label={t.idle}
        unit={MINUTE}
        value={idle}
        onChange={(ms) => set({ idle: ms })}
      />
      <TicksField
        form={form}
        name="totp"
        label={t.totp}
        hint={t.totpHint}
        options={staffRoles.map((id) => ({ id, name: officeWords.value.roles[id] }))}
        value={totp}
        onChange={(chosen) => set({ totp: staffRoles.filter((role) => chosen.includes(role)) })}
      />
      <SwitchField
        form={form}
        name="own.oidc"
        label={t.oidc}
        value={oidc !== undefined}
        onChange={(is) => set({ oidc: is ? { issuer: '', clientId: '' } : undefined })}
      />
      {oidc !== undefined && (
        <>
          <TextField
            form={form}
            name="oidc.issuer"
            label={t.issuer}
            hint={t.issuerHint}
            value={oidc.issuer}
            onChange={(issuer) => set({ oidc: { ...oidc, issuer } })}
          />
          <TextField
            form={form}
            name="oidc.clientId"
            label={t.clientId}
            value={oidc.clientId}
            onChange={(clientId) => set({ oidc: { ...oidc, clientId } })}
          />
          <p class="hint">
            <a href={hashOf({ at: 'keys', page: 'secrets', query: {} })}>{t.secret}</a>
          </p>
        </>
      )}
    </Form>
  )
}
