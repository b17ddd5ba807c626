/** What conversations tell of what their customers said of themselves. D1 owns it: it outlives the conversations. */
import type { AttributeValue } from '../../core/protocol/conversation.ts'
import type { ConversationRecord } from '../../core/protocol/projection.ts'
import { STRANGER } from '../../core/widget/pre-chat.ts'
import { mostChars, packed } from './bulk.ts'

/**
 * The newest word on each field stays, in whatever order they come; who was erased is told nothing of any more, and what
 * was taken out of its conversation goes from here too. Comes after the conversations' own rows, in their transaction.
 */
export function noteDetails(db: D1Database, conversations: readonly ConversationRecord[]): D1PreparedStatement[] {
  const told = conversations.filter(({ erased }) => erased === undefined)
  const rows = told.flatMap(detailRows)
  const gone = told.flatMap(({ org, customer, forgotten = [] }) =>
    forgotten.map(({ field, at }) => ({ org, customer, field, at })),
  )
  const whose = rows.filter(({ field }) => field === 'name').map(({ org, customer }) => [org, customer])
  const each = (items: readonly object[], sql: string) =>
    packed(items, mostChars).map((pack) => db.prepare(sql).bind(pack))
  return [...each(gone, unname), ...each(gone, forget), ...each(rows, insert), ...each(whose, rename)]
}

/** What its customer, or the page around, said of them; the value as JSON. */
export function detailRows({ org, id, version, customer, introduced, told = {} }: ConversationRecord) {
  const row = (field: string, value: AttributeValue, at: number) => {
    return { org, conversation: id, version, customer, field, value: JSON.stringify(value), at }
  }
  const { at = 0, details = {} } = introduced ?? {}
  return [
    ...Object.entries(details).map(([field, value]) => row(field, value, at)),
    ...Object.entries(told).map(([field, { value, at: when }]) => row(field, value, when)),
  ]
}

/** Not what comes late of a conversation that is further: it may have been taken out meanwhile. */
const insert =
  'insert into customer_details (org_id, customer_id, field, value, at) ' +
  `select ${['org', 'customer', 'field', 'value', 'at'].map((key) => `value ->> '$.${key}'`).join(', ')} ` +
  'from json_each(?1) where exists (select 1 from customers c ' +
  "where c.org_id = value ->> '$.org' and c.id = value ->> '$.customer') " +
  'and not exists (select 1 from conversations v ' +
  "where v.org_id = value ->> '$.org' and v.id = value ->> '$.conversation' and v.version > value ->> '$.version') " +
  'on conflict (org_id, customer_id, field) do update set value = excluded.value, at = excluded.at ' +
  'where excluded.at > customer_details.at'

/** A visitor is called what the visitor said last. */
const rename =
  "update customers set name = d.value ->> '$' from customer_details d " +
  "where d.org_id = customers.org_id and d.customer_id = customers.id and d.field = 'name' and customers.verified = 0 " +
  'and (customers.org_id, customers.id) in ' +
  "(select json_each.value ->> '$[0]', json_each.value ->> '$[1]' from json_each(?1))"

/** The rows that are to go: whose, which, and from when, so that a newer word stays. */
const its =
  'from json_each(?1) t cross join customer_details d ' +
  "where d.org_id = t.value ->> '$.org' and d.customer_id = t.value ->> '$.customer' " +
  "and d.field = t.value ->> '$.field' and d.at = t.value ->> '$.at'"

const forget = `delete from customer_details where rowid in (select d.rowid ${its})`

const unname =
  `update customers set name = '${STRANGER}' where verified = 0 and (org_id, id, name) in ` +
  `(select d.org_id, d.customer_id, d.value ->> '$' ${its} and d.field = 'name')`
