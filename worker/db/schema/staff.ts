/** What D1 owns of the organisations and of who works for them: accounts, sessions, second factors, keys, secrets. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { KeyAction } from '../../../core/protocol/permissions.ts'
import { staffRoles } from '../../../core/protocol/principal.ts'

export const organisations = sqliteTable('organisations', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const staff = sqliteTable(
  'staff',
  {
    orgId: text('org_id').notNull(),
    /** The agent's id too. */
    id: text('id').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: staffRoles }).notNull(),
    passwordHash: text('password_hash').notNull(),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
    /** Counts the changes of what this member may do; a socket's ticket names the count it was made under. */
    rights: integer('rights').notNull().default(0),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.id] }),
    // Not led by the organisation: who signs in says only an address, and the organisation follows from it.
    uniqueIndex('staff_email').on(table.email),
  ],
)

export const sessions = sqliteTable(
  'sessions',
  {
    orgId: text('org_id').notNull(),
    /** SHA-256 of the token; the token itself is nowhere but in the cookie. */
    tokenHash: text('token_hash').notNull(),
    staffId: text('staff_id').notNull(),
    createdAt: integer('created_at').notNull(),
    /** When a person last used it, to the minute. */
    usedAt: integer('used_at').notNull().default(0),
    /** How long it lives without use, in ms. */
    idle: integer('idle').notNull().default(1_800_000),
    /** It can do nothing yet but turn on the second factor that its owner has to have. */
    mustEnrol: integer('must_enrol', { mode: 'boolean' }).notNull().default(false),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.tokenHash] }),
    index('sessions_staff').on(table.orgId, table.staffId, table.expiresAt),
  ],
)

/** Second factors of the staff; the secret is among {@link secrets}. */
export const secondFactors = sqliteTable(
  'second_factors',
  {
    orgId: text('org_id').notNull(),
    staffId: text('staff_id').notNull(),
    /** Null while its app has shown no code yet. */
    confirmedAt: integer('confirmed_at'),
    /** The newest time step whose code was used. */
    usedStep: integer('used_step').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.staffId] })],
)

/** SHA-256 of the recovery codes that are left. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  { orgId: text('org_id').notNull(), staffId: text('staff_id').notNull(), hash: text('hash').notNull() },
  (table) => [primaryKey({ columns: [table.orgId, table.staffId, table.hash] })],
)

/** Secrets at rest, sealed by the vault. */
export const secrets = sqliteTable(
  'secrets',
  {
    orgId: text('org_id').notNull(),
    name: text('name').notNull(),
    sealed: text('sealed').notNull(),
    /** The number of the key that sealed it. */
    keyId: integer('key_id').notNull(),
    setAt: integer('set_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.name] }), index('secrets_key').on(table.keyId)],
)

/** Keys by which partners' programs ask the API. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    orgId: text('org_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** SHA-256 of the secret, which is kept nowhere. */
    hash: text('hash').notNull(),
    /** With what the key begins. */
    start: text('start').notNull(),
    scopes: text('scopes', { mode: 'json' }).$type<readonly KeyAction[]>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at'),
    /** To the minute. */
    usedAt: integer('used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.id] }),
    uniqueIndex('api_keys_hash').on(table.orgId, table.hash),
  ],
)
