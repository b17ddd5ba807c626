/** Links by which staff choose a password, and the roles that somebody may give. */
import type * as z from 'zod/mini'
import { Invitation } from '../../../core/protocol/administration.ts'
import { mayManage } from '../../../core/protocol/permissions.ts'
import { staffRoles } from '../../../core/protocol/principal.ts'
import { dateTime } from '../../i18n/locale.ts'
import { officeWords } from '../../i18n/office.ts'
import { peopleWords } from '../../i18n/people.ts'
import { account } from '../account.ts'
import { call } from '../api.ts'
import type { Option } from '../office/fields.tsx'
import { Once } from '../office/once.tsx'

export type Link = z.infer<typeof Invitation>

/** Null when it could not be made. */
export async function inviteTo(id: string): Promise<Link | null> {
  const answer = await call('POST', `/api/v1/staff/${id}/invitation`, Invitation)
  return answer.ok ? answer.value : null
}

/** The token stands behind the #: no server sees it before its owner sends it. */
export function LinkOnce({ link }: { readonly link: Link }) {
  const t = peopleWords.value
  return (
    <Once label={t.link} text={`${location.origin}/#/join/${link.token}`} hint={t.linkHint(dateTime(link.until))} />
  )
}

/** Roles that whoever is signed in may give. */
export function roleOptions(): Option[] {
  const mine = account.value?.staff.role ?? 'agent'
  return staffRoles.filter((role) => mayManage(mine, role)).map((id) => ({ id, name: officeWords.value.roles[id] }))
}
