/** The part of the table of routes about what is going on now. */
import { FloorAnswer } from '../../../core/protocol/floor.ts'
import { readFloor } from '../floor.ts'
import { guarded, type Route } from '../route.ts'

export const floorRoutes: readonly Route[] = [
  guarded(
    {
      method: 'GET',
      path: '/api/v1/floor',
      action: 'floor.read',
      summary: 'Who waits, what every agent is doing, and the figures of today and of the present interval.',
    },
    FloorAnswer,
    readFloor,
  ),
]
