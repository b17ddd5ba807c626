/** Uploads under way: what was begun, which parts arrived, and until when it is waited for. */
import { and, asc, eq, lt } from 'drizzle-orm'
import type { Database } from './client.ts'
import { uploadParts, uploads } from './schema/upkeep.ts'

export type Upload = typeof uploads.$inferSelect

interface Named {
  readonly orgId: string
  readonly conversationId: string
  readonly id: string
}

const isThis = ({ orgId, conversationId, id }: Named) =>
  and(eq(uploads.orgId, orgId), eq(uploads.conversationId, conversationId), eq(uploads.id, id))
const isPartOf = ({ orgId, conversationId, id }: Named) =>
  and(eq(uploadParts.orgId, orgId), eq(uploadParts.conversationId, conversationId), eq(uploadParts.uploadId, id))

/** Notes that an upload begins; one that is there stays as it is. What stands there then. */
export async function beginUpload(db: Database, upload: Upload): Promise<Upload> {
  const [, found] = await db.batch([
    db.insert(uploads).values(upload).onConflictDoNothing(),
    db.select().from(uploads).where(isThis(upload)),
  ])
  return found[0] ?? upload
}

export async function uploadOf(db: Database, named: Named) {
  const [upload] = await db.select().from(uploads).where(isThis(named)).limit(1)
  return upload
}

/** All uploads of a conversation that are under way. */
export const uploadsOf = (db: Database, org: string, conversation: string) =>
  db
    .select()
    .from(uploads)
    .where(and(eq(uploads.orgId, org), eq(uploads.conversationId, conversation)))

/** How many uploads of a conversation are under way. */
export const countUploads = (db: Database, org: string, conversation: string) =>
  db.$count(uploads, and(eq(uploads.orgId, org), eq(uploads.conversationId, conversation)))

/** A part arrived; sent again, the newer one counts. */
export async function notePart(db: Database, named: Named, part: { number: number; etag: string }) {
  const { orgId, conversationId, id } = named
  await db
    .insert(uploadParts)
    .values({ orgId, conversationId, uploadId: id, ...part })
    .onConflictDoUpdate({
      target: [uploadParts.orgId, uploadParts.conversationId, uploadParts.uploadId, uploadParts.number],
      set: { etag: part.etag },
    })
}

/** The parts that arrived, in their order. */
export const partsOf = (db: Database, named: Named) =>
  db
    .select({ number: uploadParts.number, etag: uploadParts.etag })
    .from(uploadParts)
    .where(isPartOf(named))
    .orderBy(asc(uploadParts.number))

/** Nothing is waited for any more. */
export async function endUpload(db: Database, named: Named) {
  await db.batch([db.delete(uploadParts).where(isPartOf(named)), db.delete(uploads).where(isThis(named))])
}

/** Uploads whose time is over, of every organisation, oldest first. */
export const overdueUploads = (db: Database, now: number, limit: number) =>
  db.select().from(uploads).where(lt(uploads.until, now)).orderBy(asc(uploads.until)).limit(limit)
