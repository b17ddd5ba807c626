/** Somebody: the account, ways in and out, and which work they get. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Member as Account, MemberChange, StaffList } from '../../../core/protocol/administration.ts'
import { mayManage } from '../../../core/protocol/permissions.ts'
import { faultText } from '../../i18n/faults.ts'
import { peopleWords } from '../../i18n/people.ts'
import { account } from '../account.ts'
import { call } from '../api.ts'
import { type Pages, usePages } from '../office/answer.ts'
import { Confirm } from '../office/confirm.tsx'
import { SelectField, SwitchField, TextField } from '../office/fields.tsx'
import { Form, useForm } from '../office/form.tsx'
import { mayDo } from '../office/places.ts'
import { Empty, Forbidden, Shown } from '../office/shown.tsx'
import { inviteTo, type Link, LinkOnce, roleOptions } from './link.tsx'
import { Work } from './work.tsx'

/** `after` the id without its last letter is a page on which it is the first or close to it. */
const before = (id: string) => id.slice(0, -1)

export function Member({ id }: { readonly id: string }) {
  const t = peopleWords.value
  const people = usePages(`/api/v1/staff?limit=200&after=${encodeURIComponent(before(id))}`, StaffList, 'after')
  const found = people.now.at === 'there' ? people.now.value.find((one) => one.id === id) : undefined
  const isFurther = found === undefined && people.more !== null
  useEffect(() => {
    if (isFurther) void people.more?.()
  }, [isFurther, people.now])
  if (!mayDo('staff.change')) return <Forbidden />
  return (
    <Shown answer={people}>
      {() => {
        if (found === undefined) return isFurther ? null : <Empty title={t.noMember} />
        return (
          <div class="parts">
            <h2>{found.name}</h2>
            <About member={found} people={people} />
            <Ways id={id} />
            {mayDo('config.publish') && <Work id={id} name={found.name} />}
          </div>
        )
      }}
    </Shown>
  )
}

interface AboutProps {
  readonly member: Account
  readonly people: Pages<Account>
}

function About({ member, people }: AboutProps) {
  const t = peopleWords.value
  const form = useForm()
  const draft = useSignal({ name: member.name, role: member.role as string, active: member.active })
  const isSelf = member.id === account.value?.staff.id
  const mayGive = mayManage(account.value?.staff.role ?? 'agent', member.role)
  const set = (more: Partial<typeof draft.value>) => {
    draft.value = { ...draft.value, ...more }
  }
  const send = async () => {
    const wanted = form.check(MemberChange, draft.value)
    if (wanted === undefined) return
    await form.send(() => call('PUT', `/api/v1/staff/${member.id}`, Account, wanted))
    await people.again()
  }
  const { name, role, active } = draft.value
  if (!mayGive) return <p class="t2">{member.email}</p>
  return (
    <section aria-label={t.account}>
      <p class="t2">
        {member.email} {isSelf && t.you}
      </p>
      <Form form={form} label={t.account} onSend={send}>
        <TextField form={form} name="name" label={t.name} value={name} onChange={(value) => set({ name: value })} />
        {!isSelf && (
          <>
            <SelectField
              form={form}
              name="role"
              label={t.role}
              options={roleOptions()}
              value={role}
              onChange={(value) => set({ role: value })}
            />
            <SwitchField
              form={form}
              name="active"
              label={t.active}
              hint={t.activeHint}
              value={active}
              onChange={(value) => set({ active: value })}
            />
          </>
        )}
      </Form>
    </section>
  )
}

/** A new link, the end of all sessions, and what to do when a phone is lost. */
function Ways({ id }: { readonly id: string }) {
  const t = peopleWords.value
  const link = useSignal<Link | null>(null)
  const said = useSignal('')
  const isSelf = id === account.value?.staff.id
  const remove = async (what: 'sessions' | 'factor', good: string) => {
    const answer = await call('DELETE', `/api/v1/staff/${id}/${what}`, null)
    said.value = answer.ok ? good : answer.code === 'conflict' ? answer.message : faultText(answer)
  }
  if (isSelf) return null
  return (
    <section class="parts" aria-label={t.signOut}>
      <div class="row ends">
        <Confirm
          label={t.newLink}
          question={t.newLinkAsk}
          run={async () => {
            link.value = await inviteTo(id)
          }}
        />
        <Confirm label={t.signOut} question={t.signOutAsk} run={() => remove('sessions', t.signedOut)} />
        <Confirm label={t.resetFactor} question={t.resetFactorAsk} run={() => remove('factor', t.factorGone)} />
      </div>
      <p role="status">{said.value}</p>
      {link.value !== null && <LinkOnce link={link.value} />}
    </section>
  )
}
