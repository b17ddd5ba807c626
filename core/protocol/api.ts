/**
 * Queries and bodies of the HTTP API, a file of `api/` for each subject. Each schema that is exported there has its name in
 * the OpenAPI document too.
 */
export * from './api/backup.ts'
export * from './api/chat.ts'
export * from './api/commands.ts'
export * from './api/config.ts'
export * from './api/files.ts'
export * from './api/names.ts'
export * from './api/ops.ts'
export * from './api/persons.ts'
export * from './api/record.ts'
export * from './api/reference.ts'
export * from './api/secrets.ts'
export * from './api/session.ts'
export * from './api/shared.ts'
export * from './api/sockets.ts'
