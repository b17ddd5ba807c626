/** What conversations tell of what their customers said of themselves. D1 owns it: it outlives the conversations. */
import type { ConversationRecord } from '../../core/protocol/projection.ts'
import { insertRows } from './bulk.ts'
import { detailRows } from './records.ts'

/** The newest word on each field stays, in whatever order they come; who was erased is told nothing of any more. */
export function noteDetails(db: D1Database, conversations: readonly ConversationRecord[]): D1PreparedStatement[] {
  const rows = conversations.filter(({ erased }) => erased === undefined).flatMap(detailRows)
  if (rows.length === 0) return []
  const whose = rows.filter(({ field }) => field === 'name').map(({ org_id, customer_id }) => [org_id, customer_id])
  return [
    ...insertRows(db, 'customer_details', rows, () => newest, isThere),
    ...(whose.length === 0 ? [] : [db.prepare(rename).bind(JSON.stringify(whose))]),
  ]
}

const newest =
  'on conflict (org_id, customer_id, field) do update set value = excluded.value, at = excluded.at ' +
  'where excluded.at > customer_details.at'

const isThere =
  'exists (select 1 from customers c ' + "where c.org_id = value ->> '$.org_id' and c.id = value ->> '$.customer_id')"

/** A visitor is called what the visitor said last. */
const rename =
  "update customers set name = d.value ->> '$' from customer_details d " +
  "where d.org_id = customers.org_id and d.customer_id = customers.id and d.field = 'name' and customers.verified = 0 " +
  'and (customers.org_id, customers.id) in ' +
  "(select json_each.value ->> '$[0]', json_each.value ->> '$[1]' from json_each(?1))"
