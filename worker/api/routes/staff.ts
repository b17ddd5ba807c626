/** The part of the table of routes about who works here. */
import * as administration from '../../../core/protocol/administration.ts'
import { invite } from '../invitations.ts'
import { guarded, guardedWithBody, guardedWithQuery, inPerson, type Route } from '../route.ts'
import { changeStaff, createMember, endStaffSessions, listStaff, resetFactor, resetPassword } from '../staff.ts'

const path = '/api/v1/staff'

export const staffRoutes: readonly Route[] = [
  guardedWithQuery(
    { method: 'GET', path, action: 'staff.read', summary: 'Who works here, by id.' },
    administration.StaffQuery,
    administration.StaffList,
    listStaff,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path,
      action: 'staff.create',
      summary: 'Adds somebody, with a password that is shown this once.',
      refuses: ['conflict'],
    },
    administration.NewMember,
    administration.MemberWithPassword,
    inPerson(createMember),
  ),
  guardedWithBody(
    {
      method: 'PUT',
      path: `${path}/:id`,
      action: 'staff.change',
      summary: 'Changes the name, the role, or whether somebody may sign in; nobody changes their own role.',
      refuses: ['conflict'],
    },
    administration.MemberChange,
    administration.Member,
    inPerson(changeStaff),
  ),
  guarded(
    {
      method: 'POST',
      path: `${path}/:id/password`,
      action: 'staff.password',
      summary: 'Gives somebody a new password, shown this once, and ends all their sessions.',
    },
    administration.MemberWithPassword,
    inPerson(resetPassword),
  ),
  guarded(
    {
      method: 'POST',
      path: `${path}/:id/invitation`,
      action: 'staff.password',
      summary:
        'A link by which somebody sets a new password, once, within three days; the old one and all sessions end.',
      refuses: ['conflict'],
    },
    administration.Invitation,
    inPerson(invite),
  ),
  guarded(
    {
      method: 'DELETE',
      path: `${path}/:id/sessions`,
      action: 'staff.sessions',
      summary: 'Signs somebody out everywhere.',
    },
    null,
    inPerson(endStaffSessions),
  ),
  guarded(
    {
      method: 'DELETE',
      path: `${path}/:id/factor`,
      action: 'staff.factor',
      summary: 'Takes the second factor of somebody away whose phone is lost, and ends all their sessions.',
      refuses: ['conflict'],
    },
    null,
    inPerson(resetFactor),
  ),
]
