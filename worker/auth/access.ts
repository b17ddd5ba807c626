/** Where a session's end, a new role or a deactivation reaches sockets: the edge's one way to the Access actor. */
import { address, asId, type OrgId, type StaffId } from '../../core/ids.ts'
import type { StaffSession } from '../../core/protocol/principal.ts'
import { accessStub } from '../actors.ts'
import type { Database } from '../db/client.ts'
import { raiseRights, rightsOf } from '../db/staff.ts'
import type { Env } from '../env.ts'

/** A member of staff. */
export interface Whose {
  readonly org: string
  readonly id: string
}

/**
 * Call it after every change of what somebody may do has been written to D1: role, teams, deactivation, password.
 * Closes all their sockets; tickets from before open none. Whoever is still let in comes back by itself, with new rights.
 */
export async function changeRights(env: Env, db: Database, whose: Whose): Promise<void> {
  const rights = await raiseRights(db, whose.org, whose.id)
  if (rights !== undefined) await accessOf(env, whose).raise(rights)
}

/** As {@link changeRights}, of a change that the record has counted already. */
export async function tellRights(env: Env, db: Database, whose: Whose): Promise<void> {
  const rights = await rightsOf(db, whose.org, whose.id)
  if (rights !== undefined) await accessOf(env, whose).raise(rights)
}

/** Ends the sockets of one session, and whatever its tickets could still open. */
export async function endSockets(env: Env, whose: Whose, session: string): Promise<void> {
  await accessOf(env, whose).end(session)
}

/** The session was used: its sockets stay as long as it does now. */
export async function prolongSockets(env: Env, whose: Whose, session: StaffSession): Promise<void> {
  await accessOf(env, whose).prolong(session)
}

/** The Access actor of a member of staff. */
export const accessOf = (env: Env, { org, id }: Whose) =>
  accessStub(env, address(asId<OrgId>(org), 'access', asId<StaffId>(id)))
