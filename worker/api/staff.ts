/** Who works for the organisation: listed, added, changed. Each change stands in the audit, written in one go with it. */
import type * as z from 'zod/mini'
import { difference } from '../../core/audit/difference.ts'
import type {
  Member,
  MemberChange,
  MemberWithPassword,
  NewMember,
  StaffList,
  StaffQuery,
} from '../../core/protocol/administration.ts'
import { isOfTeam, mayManage, reachOf, teamOf } from '../../core/protocol/permissions.ts'
import { ok, type Result, refuse } from '../../core/result.ts'
import { actOf } from '../audit.ts'
import { changeRights } from '../auth/access.ts'
import { factorPlace } from '../auth/factor.ts'
import { hashPassword, newPassword } from '../auth/passwords.ts'
import {
  addMember,
  changeMember,
  endMemberSessions,
  listMembers,
  type MemberRow,
  memberById,
  resetMemberFactor,
  setPassword,
} from '../db/members.ts'
import { deleteSecret } from '../db/secrets.ts'
import { teamsOf } from '../teams.ts'
import { type Answer, type GuardedCall, notYours, type StaffCall } from './route.ts'

/** By id; a supervisor sees the own team. */
export async function listStaff(
  call: GuardedCall,
  { limit, after }: z.output<typeof StaffQuery>,
): Answer<z.infer<typeof StaffList>> {
  const teams = await teamsOf(call.env, call.org)
  const reach = reachOf(call.by, 'staff.read')
  const isSeen = ({ id }: MemberRow) => reach === null || isOfTeam([teamOf(teams.get(id))], reach.team)
  const items: MemberRow[] = []
  // Teams are Book's, not the record's: read on until the page is full.
  for (let last = after ?? ''; ; ) {
    const rows = await listMembers(call.db, call.org, last, 200)
    items.push(...rows.filter(isSeen))
    last = rows.at(-1)?.id ?? last
    if (rows.length < 200 || items.length > limit) break
  }
  const shown = items.slice(0, limit)
  const next = items.length > limit ? (shown.at(-1)?.id ?? null) : null
  return ok({ items: shown.map((row) => memberOf(row, teams)), next })
}

/** A new member, with a password that is shown this once. */
export async function createMember(
  call: StaffCall,
  { id: wanted, email, name, role }: z.output<typeof NewMember>,
): Answer<z.infer<typeof MemberWithPassword>> {
  if (!mayManage(call.staff.role, role)) return notYours
  const id = wanted ?? email.split('@')[0] ?? ''
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) {
    return refuse('bad_input', 'must be there: what stands before the @ is no id', { field: 'id' })
  }
  const password = newPassword()
  const row = { id, email, name, role, active: true, createdAt: call.now }
  const act = actOf(call, 'staff.create', { kind: 'staff', id }, null, { email, name, role, active: true })
  const taken = await addMember(call.db, call.org, { ...row, passwordHash: await hashPassword(password) }, act)
  if (taken !== undefined) return refuse('conflict', `is somebody else's already`, { field: taken })
  return ok({ member: memberOf(row, await teamsOf(call.env, call.org)), password })
}

/** Name, role, and whether they may sign in. A new role, or none any more, closes all their sockets. */
export async function changeStaff(call: StaffCall, after: z.output<typeof MemberChange>): Answer<Member> {
  const found = await toManage(call)
  if (!found.ok) return found
  const before = found.value
  const { role, active } = after
  if (!mayManage(call.staff.role, role)) return notYours
  const isSelf = before.id === call.staff.id
  if (isSelf && role !== before.role) return refuse('conflict', 'is changed by somebody else', { field: 'role' })
  if (isSelf && !active) return refuse('conflict', 'is changed by somebody else', { field: 'active' })
  const { after: changed, before: was } = difference(
    { name: before.name, role: before.role, active: before.active },
    after,
  )
  const teams = await teamsOf(call.env, call.org)
  if (Object.keys(changed).length === 0) return ok(memberOf(before, teams))
  const act = actOf(call, 'staff.change', { kind: 'staff', id: before.id }, was, changed)
  const isDone = await changeMember(call.db, call.org, before, after, act)
  if (!isDone) return refuse('conflict', 'Somebody else has changed this member, or no administrator would be left.')
  if ('role' in changed || 'active' in changed) await changeRights(call.env, call.db, { org: call.org, id: before.id })
  return ok(memberOf({ ...before, ...after }, teams))
}

/** A new password, shown this once; ends all their sessions. */
export async function resetPassword(call: StaffCall): Answer<z.infer<typeof MemberWithPassword>> {
  const found = await toManage(call)
  if (!found.ok) return found
  const password = newPassword()
  const { id } = found.value
  const act = actOf(call, 'staff.password', { kind: 'staff', id }, null, null)
  await setPassword(call.db, call.org, id, await hashPassword(password), act)
  await changeRights(call.env, call.db, { org: call.org, id })
  return ok({ member: memberOf(found.value, await teamsOf(call.env, call.org)), password })
}

/** Ends all sessions of a member, and closes their sockets. */
export async function endStaffSessions(call: StaffCall): Answer<undefined> {
  const found = await toManage(call)
  if (!found.ok) return found
  const { id } = found.value
  await endMemberSessions(call.db, call.org, id, actOf(call, 'staff.sessions', { kind: 'staff', id }, null, null))
  await changeRights(call.env, call.db, { org: call.org, id })
  return ok(undefined)
}

/** Takes the second factor of a member away, whose phone is lost, and ends all their sessions. */
export async function resetFactor(call: StaffCall): Answer<undefined> {
  const found = await toManage(call)
  if (!found.ok) return found
  const { id } = found.value
  const { db, env, org } = call
  const act = actOf(call, 'staff.factor', { kind: 'staff', id }, null, null)
  if (!(await resetMemberFactor(db, org, id, act))) return refuse('conflict', 'There is no second factor.')
  await deleteSecret(db, factorPlace({ org, id }))
  await changeRights(env, db, { org, id })
  return ok(undefined)
}

/** The member that the path names, if the caller may change such a one. */
export async function toManage(call: StaffCall): Promise<Result<MemberRow>> {
  const member = await memberById(call.db, call.org, call.param('id'))
  if (member === undefined) return refuse('not_found', 'There is no such member of staff.')
  return mayManage(call.staff.role, member.role) ? ok(member) : notYours
}

const memberOf = (
  { id, email, name, role, active, createdAt }: MemberRow,
  teams: ReadonlyMap<string, string>,
): Member => ({
  id,
  email,
  name,
  role,
  active,
  team: teams.get(id),
  createdAt,
})
