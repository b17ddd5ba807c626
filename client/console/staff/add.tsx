/** Somebody new: an account, and the link by which they choose their password. */
import { useSignal } from '@preact/signals'
import { MemberWithPassword, NewMember } from '../../../core/protocol/administration.ts'
import { peopleWords } from '../../i18n/people.ts'
import { hashOf } from '../address.ts'
import { call } from '../api.ts'
import { SelectField, TextField } from '../office/fields.tsx'
import { Form, useForm } from '../office/form.tsx'
import { inviteTo, type Link, LinkOnce, roleOptions } from './link.tsx'
import { linkTo } from './people.tsx'

export function Add() {
  const t = peopleWords.value
  const form = useForm()
  const draft = useSignal({ name: '', email: '', role: 'agent', id: '' })
  const made = useSignal<{ readonly id: string; readonly link: Link | null } | null>(null)
  const set = (more: Partial<typeof draft.value>) => {
    draft.value = { ...draft.value, ...more }
  }
  const send = async () => {
    const { id, ...rest } = draft.value
    const wanted = form.check(NewMember, id.trim() === '' ? rest : { ...rest, id: id.trim() })
    if (wanted === undefined) return
    const sent = await form.send(() => call('POST', '/api/v1/staff', MemberWithPassword, wanted))
    if (!sent?.value) return
    const { member } = sent.value
    made.value = { id: member.id, link: await inviteTo(member.id) }
  }
  if (made.value !== null) {
    const { id, link } = made.value
    return (
      <>
        {link === null ? <p class="err">{t.linkFailed}</p> : <LinkOnce link={link} />}
        <p class="row">
          <a class="btn primary" href={linkTo(id)}>
            {t.routing}
          </a>
          <a class="btn line" href={hashOf({ at: 'staff', page: '', query: {} })}>
            {t.list}
          </a>
        </p>
      </>
    )
  }
  const { name, email, role, id } = draft.value
  return (
    <>
      <h2>{t.add}</h2>
      <p class="lead">{t.addLead}</p>
      <Form form={form} label={t.add} button={t.addAndLink} onSend={send}>
        <TextField form={form} name="name" label={t.name} value={name} onChange={(value) => set({ name: value })} />
        <TextField
          form={form}
          name="email"
          type="email"
          label={t.email}
          value={email}
          onChange={(value) => set({ email: value })}
        />
        <SelectField
          form={form}
          name="role"
          label={t.role}
          options={roleOptions()}
          value={role}
          onChange={(value) => set({ role: value })}
        />
        <TextField
          form={form}
          name="id"
          label={t.id}
          hint={t.idHint}
          value={id}
          onChange={(value) => set({ id: value })}
        />
      </Form>
    </>
  )
}
