/** Inviting members of staff by a link, and what the link leads to. */
import type * as z from 'zod/mini'
import type { Invitation, InvitationToken, Invited, NewPassword } from '../../core/protocol/administration.ts'
import { actBy } from '../../core/protocol/administration.ts'
import { ok, refuse } from '../../core/result.ts'
import { ulid } from '../../core/ulid.ts'
import { actOf } from '../audit.ts'
import { changeRights } from '../auth/access.ts'
import { invitationLife, readInvitation, signInvitation } from '../auth/invitations.ts'
import { hashPassword, newPassword } from '../auth/passwords.ts'
import { joinMember, setPassword } from '../db/members.ts'
import type { Answer, Call, StaffCall } from './route.ts'
import { toManage } from './staff.ts'

/**
 * A link by which a member sets a password, once. The old password is worth nothing from now on, and their sessions end:
 * it is for who is new, and for who has forgotten.
 */
export async function invite(call: StaffCall): Answer<z.infer<typeof Invitation>> {
  const found = await toManage(call)
  if (!found.ok) return found
  const { id, active } = found.value
  if (id === call.staff.id) return refuse('conflict', 'You would sign yourself out.')
  if (!active) return refuse('conflict', 'Let this member sign in first.')
  const { db, env, org, now } = call
  const hash = await hashPassword(newPassword())
  const until = now + invitationLife
  await setPassword(
    db,
    org,
    id,
    hash,
    actOf(call, 'staff.password', { kind: 'staff', id }, null, { invitedUntil: until }),
  )
  await changeRights(env, db, { org, id })
  return ok({ token: await signInvitation(env.PARLEY_SECRET, { org, id }, hash, until), until })
}

const over = refuse('not_found', 'This invitation is over, or was used.')

/** Whom an invitation is for. */
export async function readInvited(
  call: Call,
  { token }: z.output<typeof InvitationToken>,
): Answer<z.infer<typeof Invited>> {
  const member = await readInvitation(call.env.PARLEY_SECRET, call.db, token)
  if (member === undefined) return over
  return ok({ organisation: { name: member.orgName }, name: member.name, email: member.email })
}

/** Sets the password that the invitation is for. Signing in is another step: a second factor may be asked for. */
export async function join(call: Call, { token, password }: z.output<typeof NewPassword>): Answer<undefined> {
  const { db, env, now } = call
  const member = await readInvitation(env.PARLEY_SECRET, db, token)
  if (member === undefined) return over
  const { org, id, name, role, passwordHash: before } = member
  const act = actBy(
    { kind: 'staff', org, id, name, role },
    {
      id: ulid(now, crypto.getRandomValues(new Uint8Array(10))),
      at: now,
      action: 'session.join',
      object: { kind: 'staff', id },
      before: null,
      after: null,
    },
  )
  return (await joinMember(db, org, id, { before, after: await hashPassword(password) }, act)) ? ok(undefined) : over
}
