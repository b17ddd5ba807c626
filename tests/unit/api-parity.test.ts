/** Everything that console and widget say on a socket can be said by HTTP: docs/api.md is the table, held to the schemas. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { AgentCommand } from '../../core/protocol/agent.ts'
import { TicketRequest } from '../../core/protocol/api.ts'
import { CustomerCommand, StaffCommand } from '../../core/protocol/conversation.ts'
import { ClientFrame } from '../../core/protocol/frames.ts'
import { QueueCommand } from '../../core/protocol/queue.ts'
import { doors } from '../../worker/api/reference/doors.ts'
import { routes } from '../../worker/api/routes.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8')
/** Who says what, and the route by which it is said too. */
const rows = [...page.matchAll(/^\| (\w+) \| `([a-z-]+)` \| `(\w+) ([^`]+)` \|/gm)].map(
  ([, who = '', what = '', method = '', path = '']) => ({ who, what, method, path }),
)
const saidBy = (wanted: string) =>
  rows
    .filter(({ who }) => who === wanted)
    .map(({ what }) => what)
    .sort()

const Variants = z.array(
  z.object({ properties: z.record(z.string(), z.looseObject({ const: z.optional(z.string()) })) }),
)
/** The values of the field by which the variants of a schema are told apart. */
function variantsOf(schema: z.ZodMiniType, field: string): string[] {
  const { oneOf, anyOf } = z.toJSONSchema(schema, { io: 'input' })
  return Variants.parse(oneOf ?? anyOf)
    .map(({ properties }) => properties[field]?.const ?? '')
    .sort()
}

describe('what is said on sockets', () => {
  it('AP11: stands in the table, whole: commands of agents, staff and customers, frames, and the sockets themselves', () => {
    expect(saidBy('agent')).toEqual(variantsOf(AgentCommand, 'name'))
    expect(saidBy('queue')).toEqual(variantsOf(QueueCommand, 'name'))
    expect(saidBy('staff')).toEqual(variantsOf(StaffCommand, 'name'))
    expect(saidBy('customer')).toEqual(variantsOf(CustomerCommand, 'name'))
    expect(saidBy('frame')).toEqual(variantsOf(ClientFrame, 't'))
    expect(saidBy('socket')).toEqual([...TicketRequest.shape.kind.options].sort())
  })

  it.each(rows)('AP11: $who $what has its route, which is served', ({ method, path }) => {
    const served = [...routes, ...doors].map((route) => `${route.method} ${route.path}`)
    expect(served).toContain(`${method} ${path}`)
  })
})
