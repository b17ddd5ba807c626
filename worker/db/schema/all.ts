/** Every table, for who goes through all of them: drizzle-kit, backups, tests. */
export * from './audit.ts'
export * from './customers.ts'
export * from './record.ts'
export * from './staff.ts'
export * from './upkeep.ts'
