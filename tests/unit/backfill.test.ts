/** What migrations make of rows that were there before them. */
import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'

const files = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()

function apply(db: DatabaseSync, folder: string, which: (name: string) => boolean): void {
  for (const name of files(folder).filter(which)) {
    for (const statement of readFileSync(`${folder}/${name}`, 'utf8').split('--> statement-breakpoint'))
      db.exec(statement)
  }
}

const conversation =
  "insert into conversations (org_id, id, version, customer_id, customer_name, channel, status, opened_at, entries, teams, tags) values ('acme', ?, 1, 'u1', 'Mia', 'chat', 'closed', 1, 1, ?, ?)"
const stay =
  "insert into segments (org_id, conversation_id, id, version, kind, queue_id, agent_id, began_at) values ('acme', ?, ?, 1, ?, ?, ?, 1)"

function fill(db: DatabaseSync): void {
  db.prepare(conversation).run('c1', '["north","south","north"]', '["vip"]')
  db.prepare(conversation).run('c2', '[]', '[]')
  const rows: readonly (readonly [string, string, string | null, string | null])[] = [
    ['c1', 'queue', 'sales', null],
    ['c1', 'queue', 'care', null],
    ['c1', 'ring', 'sales', 'ben'],
    ['c1', 'talk', 'sales', 'ada'],
    ['c1', 'talk', null, 'ada'],
    ['c2', 'fallback', null, null],
  ]
  for (const [n, [id, kind, queue, agent]] of rows.entries())
    db.prepare(stay).run(id, `${kind}:${n}`, kind, queue, agent)
}

const facets = (db: DatabaseSync) =>
  db
    .prepare("select conversation_id || ' ' || kind || ':' || value as facet from facets order by facet")
    .all()
    .map(({ facet }) => facet)

it('RP3: conversations from before there were facets have the same as later ones', () => {
  const [before, after] = [new DatabaseSync(':memory:'), new DatabaseSync(':memory:')]
  apply(before, 'migrations', (name) => name < '0016')
  fill(before)
  apply(before, 'migrations', (name) => name >= '0016')
  apply(after, 'migrations', () => true)
  fill(after)
  const all = [
    'c1 agent:ada',
    'c1 queue:care',
    'c1 queue:sales',
    'c1 tag:vip',
    'c1 team:north',
    'c1 team:south',
    'c2 team:',
  ]
  expect(facets(before)).toEqual(all)
  expect(facets(after)).toEqual(all)
})

it('SE7: an index from before is filled anew, whatever was in it', () => {
  const db = new DatabaseSync(':memory:')
  apply(db, 'migrations-search', (name) => name < '0001')
  db.exec(`insert into indexing values ('acme', 'c1', 1, 5, 'word')`)
  apply(db, 'migrations-search', (name) => name >= '0001')
  expect(db.prepare('select count(*) as n from documents').get()).toMatchObject({ n: 0 })
  expect(db.prepare("select place from progress where name = 'entries'").get()).toMatchObject({ place: '["","",0]' })
})
