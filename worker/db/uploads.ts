/** Uploads under way: what was begun, which parts arrived, and until when it is waited for. */
import { and, asc, eq, lt, sql } from 'drizzle-orm'
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

/**
 * Notes that an upload begins, if not so many of its conversation are under way already; one that is there stays as it is.
 * What stands there then. Counted where it is written: who begins many at once begins no more than that.
 */
export async function beginUpload(db: Database, upload: Upload, most: number): Promise<Upload | undefined> {
  const { orgId, conversationId, id, principal, name, media, size, multipart, until } = upload
  const underWay = sql`(select count(*) from uploads where org_id = ${orgId} and conversation_id = ${conversationId})`
  const [, found] = await db.batch([
    // In the order of the table's columns.
    db
      .insert(uploads)
      .select(
        sql`select ${orgId}, ${conversationId}, ${id}, ${JSON.stringify(principal)}, ${name}, ${media}, ${size}, ${multipart},
          ${until} where ${underWay} < ${most}`,
      )
      .onConflictDoNothing(),
    db.select().from(uploads).where(isThis(upload)),
  ])
  return found[0]
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
