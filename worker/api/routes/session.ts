/** The part of the table of routes about signing in and out. */
import * as administration from '../../../core/protocol/administration.ts'
import * as api from '../../../core/protocol/api.ts'
import { join, readInvited } from '../invitations.ts'
import { guarded, inPerson, open, openWithBody, type Route } from '../route.ts'
import { offlineGrant, signIn, signOut, whoAmI } from '../session.ts'

const path = '/api/v1/session'

export const sessionRoutes: readonly Route[] = [
  openWithBody(
    {
      method: 'POST',
      path,
      action: 'session.open',
      summary: 'Signs in: sets the session cookie.',
      refuses: ['unauthenticated', 'second_factor', 'slow_down'],
    },
    api.SignIn,
    api.Session,
    signIn,
  ),
  guarded({ method: 'GET', path, action: 'session.read', summary: 'Who is signed in.' }, api.Session, inPerson(whoAmI)),
  guarded(
    {
      method: 'GET',
      path: `${path}/offline`,
      action: 'session.read',
      summary: 'The key under which this browser keeps what its agent owns; it ends with the session.',
      isAutomatic: true,
    },
    api.OfflineGrant,
    inPerson(offlineGrant),
  ),
  open({ method: 'DELETE', path, action: 'session.close', summary: 'Signs out.' }, null, signOut),
  openWithBody(
    {
      method: 'POST',
      path: `${path}/invitation`,
      action: 'session.join',
      summary: 'Whom an invitation is for.',
      refuses: ['not_found'],
    },
    administration.InvitationToken,
    administration.Invited,
    readInvited,
  ),
  openWithBody(
    {
      method: 'PUT',
      path: `${path}/invitation`,
      action: 'session.join',
      summary: 'Sets the password of whom an invitation is for; it is good once.',
      refuses: ['not_found'],
    },
    administration.NewPassword,
    null,
    join,
  ),
]
