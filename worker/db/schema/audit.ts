/** The audit of what members of staff did. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Act } from '../../../core/protocol/administration.ts'

/**
 * What members of staff did to the organisation and to each other. Only ever added to: triggers refuse to change a row, or
 * to delete one that is younger than a year.
 */
export const audit = sqliteTable(
  'audit',
  {
    orgId: text('org_id').notNull(),
    /** A ULID: acts are in the order of their ids. */
    id: text('id').notNull(),
    at: integer('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    byRole: text('by_role').notNull(),
    /** The team at that time; empty: the common one. */
    byTeam: text('by_team').notNull(),
    action: text('action').notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id').notNull(),
    before: text('before', { mode: 'json' }).$type<Act['before']>(),
    after: text('after', { mode: 'json' }).$type<Act['after']>(),
    origin: text('origin', { mode: 'json' }).$type<Act['from']>(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.id] }),
    index('audit_by').on(table.orgId, table.byId, table.id),
    index('audit_team').on(table.orgId, table.byTeam, table.id),
    index('audit_action').on(table.orgId, table.action, table.id),
    index('audit_object').on(table.orgId, table.objectKind, table.objectId, table.id),
  ],
)
