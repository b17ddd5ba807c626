/** The part of the table of routes about what-if: the browser simulates, the edge gives it the day. */
import { TrafficAnswer, TrafficQuery } from '../../../core/protocol/whatif.ts'
import { guardedWithQuery, type Route } from '../route.ts'
import { trafficOfDay } from '../whatif.ts'

export const whatIfRoutes: readonly Route[] = [
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/whatif/day',
      action: 'whatif.read',
      refuses: ['not_found'],
      summary: 'The traffic of a day as recorded, and how it is routed now: what a simulation replays.',
    },
    TrafficQuery,
    TrafficAnswer,
    trafficOfDay,
  ),
]
