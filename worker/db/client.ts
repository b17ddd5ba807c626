/** The typed door to D1. */
import { drizzle } from 'drizzle-orm/d1'

/** Queries over the tables of `schema/`. D1 knows no interactive transaction: use `batch`. */
export const database = (db: D1Database) => drizzle(db)
export type Database = ReturnType<typeof database>
