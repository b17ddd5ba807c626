/** What staff note about conversations and write in them: names and texts of the configuration, as far as they concern the caller. */
import { seenOf, viewerOf } from '../../core/conversation/seen.ts'
import { own } from '../../core/own.ts'
import type { Desk } from '../../core/protocol/api.ts'
import type { Config } from '../../core/protocol/config.ts'
import { scopeFor, teamOf } from '../../core/protocol/permissions.ts'
import type { Caller } from '../../core/protocol/principal.ts'
import { ok } from '../../core/result.ts'
import { newestConfig } from '../from-book.ts'
import { teamsOf } from '../teams.ts'
import type { Answer, GuardedCall } from './route.ts'

export async function readDesk(call: GuardedCall): Answer<Desk> {
  const book = await newestConfig(call.env, call.org)
  if (!book.ok) return book
  const { tags, attributes, policies } = book.value.config
  const team = (await teamsOf(call.env, call.org)).get(call.by.id)
  return ok({
    tags: Object.entries(tags).map(([id, tag]) => ({ id, ...tag })),
    dispositions: dispositionsOf(book.value.config),
    attributes: Object.entries(seenOf(attributes.conversation, attributes.conversation, viewerOf(call.by))).map(
      ([id, attribute]) => ({
        id,
        name: attribute.name,
        type: attribute.type,
        ...(attribute.type === 'list' ? { values: attribute.values } : {}),
      }),
    ),
    customerAttributes: Object.entries(seenOf(attributes.customer, attributes.customer, viewerOf(call.by))).map(
      ([id, { name }]) => ({ id, name }),
    ),
    replies: repliesFor(book.value.config, call.by, teamOf(team)),
    snooze: policies.snooze,
  })
}

function dispositionsOf({ dispositions }: Config): Desk['dispositions'] {
  const groups = new Set(Object.values(dispositions).map(({ parent }) => parent))
  return Object.entries(dispositions)
    .filter(([id]) => !groups.has(id))
    .map(([id, { name, parent, queues }]) => {
      const group = parent === undefined ? undefined : own(dispositions, parent)?.name
      return { id, name, ...(group === undefined ? {} : { group }), ...(queues === undefined ? {} : { queues }) }
    })
}

/** Those of everybody, those of the caller's team, and those of queues, which say of which. */
function repliesFor({ cannedReplies }: Config, by: Caller, team: string): Desk['replies'] {
  if (scopeFor(by, 'conversation.post') === 'none') return []
  return Object.entries(cannedReplies).flatMap(([id, { shortcut, text, choices, language, teams, queues }]) => {
    const reply = {
      ...{ id, shortcut, text },
      ...(choices === undefined ? {} : { choices }),
      ...(language === undefined ? {} : { language }),
    }
    const isEverywhere = teams === undefined ? queues === undefined : teams.includes(team)
    if (isEverywhere) return [reply]
    return queues === undefined ? [] : [{ ...reply, queues }]
  })
}
