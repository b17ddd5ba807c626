/** What the reference says of the doors beside the table of routes: the chat's entrance, sockets and long polls. */
import * as api from '../../../core/protocol/api.ts'
import { type Action, scopeOf } from '../../../core/protocol/permissions.ts'
import type { FaultCode } from '../../../core/result.ts'
import { actionsOf, partsOf, type Route, refusalsOf } from '../route.ts'

/** How a caller shows who it is. */
export type Scheme = 'session' | 'ticket' | 'subprotocol'

/** An operation as the reference prints it, whoever serves it. */
export interface Described
  extends Pick<Route, 'method' | 'path' | 'summary' | 'query' | 'body' | 'answers' | 'key' | 'takes' | 'customers'> {
  readonly tag: string
  readonly scheme: Scheme | null
  readonly actions: readonly Action[]
  readonly status: 101 | 200 | 204
  readonly media: string
  readonly refuses: readonly FaultCode[]
  /** Whether each answer says under which id the logs know the request. */
  readonly traced: boolean
  /** The values that a part of the path can have, where they are few. */
  readonly parts: Readonly<Record<string, readonly string[]>>
}

const json = 'application/json'
const connects: readonly Action[] = ['agent.connect', 'queue.connect', 'conversation.connect', 'floor.connect']
const actors = { kind: api.socketKinds }
const common = { query: null, parts: {}, media: json, traced: false } as const

export const doors: readonly Described[] = [
  {
    ...common,
    method: 'POST',
    path: '/channels/chat/:organisation/session',
    tag: 'channels',
    summary:
      'A widget opens the chat: who it is, which conversation, and a ticket for its socket. Open to the origins that it lists.',
    scheme: null,
    actions: ['chat.open'],
    body: api.ChatSessionRequest,
    answers: api.ChatSession,
    status: 200,
    refuses: [
      'bad_input',
      'unauthenticated',
      'forbidden',
      'not_found',
      'too_large',
      'slow_down',
      'not_ready',
      'internal',
    ],
  },
  {
    ...common,
    method: 'GET',
    path: '/channels/chat/:organisation/page',
    tag: 'channels',
    summary: 'How the chat looks, for pages of origins that may show it. Open to every origin.',
    scheme: null,
    actions: ['chat.open'],
    query: api.WidgetLookQuery,
    body: null,
    answers: api.WidgetLook,
    status: 200,
    refuses: ['forbidden', 'not_found', 'internal'],
  },
  {
    ...common,
    method: 'GET',
    path: '/connect/:kind/:id',
    tag: 'sockets',
    summary: 'A WebSocket to an actor. A bad ticket gets a socket that closes with 4401.',
    scheme: 'subprotocol',
    actions: connects,
    parts: actors,
    body: null,
    answers: null,
    status: 101,
    refuses: ['bad_input', 'internal'],
  },
  {
    ...common,
    method: 'POST',
    path: '/poll/:kind/:id',
    tag: 'sockets',
    summary: 'The frames of a socket where upgrades are refused. Open to every origin.',
    scheme: 'ticket',
    actions: connects,
    parts: actors,
    body: api.PollRequest,
    answers: api.PollAnswer,
    status: 200,
    refuses: ['bad_input', 'unauthenticated', 'too_large', 'not_ready', 'internal'],
  },
]

/** A route of the table as the reference prints it. */
export const describe = (route: Route): Described => ({
  method: route.method,
  path: route.path,
  tag: tagOf(route.path),
  summary: route.summary,
  scheme: actionsOf(route).every((action) => scopeOf('anyone', action) === 'all') ? null : 'session',
  actions: actionsOf(route),
  query: route.query,
  body: route.body,
  answers: route.answers,
  status: route.answers === null ? 204 : 200,
  media: route.media ?? json,
  refuses: refusalsOf(route),
  traced: true,
  parts: {},
  ...(route.key === undefined ? {} : { key: route.key }),
  ...(route.takes === undefined ? {} : { takes: route.takes }),
  ...(route.customers === undefined ? {} : { customers: route.customers }),
})

/** The first part of the path that tells one area from another. */
function tagOf(path: string): string {
  const [, , area = '', below] = path.split('/')
  return area === 'v1' ? (below ?? area) : partsOf(path).length > 0 || below !== undefined ? area : 'installation'
}
