/** The table of the API: what can be asked, by whom, with which body, and what comes back; a file of `routes/` for each subject. */
import { fileRoutes } from '../files/routes.ts'
import { reference } from './reference/routes.ts'
import type { Route } from './route.ts'
import { actorRoutes } from './routes/actors.ts'
import { auditRoutes } from './routes/audit.ts'
import { backupRoutes } from './routes/backup.ts'
import { configRoutes } from './routes/config.ts'
import { floorRoutes } from './routes/floor.ts'
import { keyRoutes } from './routes/keys.ts'
import { nameRoutes } from './routes/names.ts'
import { opsRoutes } from './routes/ops.ts'
import { personRoutes } from './routes/persons.ts'
import { recordRoutes } from './routes/record.ts'
import { reportRoutes } from './routes/reports.ts'
import { securityRoutes } from './routes/security.ts'
import { sessionRoutes } from './routes/session.ts'
import { staffRoutes } from './routes/staff.ts'
import { whatIfRoutes } from './routes/whatif.ts'

export const routes: readonly Route[] = [
  ...reference(() => routes),
  ...fileRoutes,
  ...opsRoutes,
  ...backupRoutes,
  ...sessionRoutes,
  ...securityRoutes,
  ...actorRoutes,
  ...nameRoutes,
  ...recordRoutes,
  ...reportRoutes,
  ...whatIfRoutes,
  ...floorRoutes,
  ...staffRoutes,
  ...keyRoutes,
  ...auditRoutes,
  ...personRoutes,
  ...configRoutes,
]
