/** What is wrong with flows although every field is right: each fault with its place and its reason. */

import { suits } from '../attribute.ts'
import { own } from '../own.ts'
import type { Flow, FlowNode, FlowText } from '../protocol/flow.ts'
import type { Plan } from '../protocol/plan.ts'
import type { Attribute } from '../protocol/settings.ts'
import { variablesIn } from '../text/variables.ts'
import { checkChannel } from './able.ts'
import type { Channel } from './channels.ts'
import { circleIn, nextOf, reachable } from './graph.ts'
import { everyLanguage } from './values.ts'

/** What flows may name. */
export interface Around {
  readonly flows: Readonly<Record<string, Flow>>
  /** Null, as what follows: nobody knows which there are, and none is missed. */
  readonly plans: Readonly<Record<string, Plan>> | null
  readonly hours: Readonly<Record<string, unknown>> | null
  readonly attributes: {
    readonly customer: Readonly<Record<string, Attribute>>
    readonly conversation: Readonly<Record<string, Attribute>>
  } | null
  readonly entrances: { readonly flows?: { readonly chat?: string | undefined } | undefined }
}

/** `refused`: cannot be published. `warned`: legal, but likely not what was meant. */
export interface FlowFault {
  readonly field: string
  readonly what: string
  readonly weight: 'refused' | 'warned'
}

/** What one entrance's flow and all that it leads to may be as JSON, in characters: every conversation keeps it. */
const LARGEST = 24_000

export function checkFlows(around: Around): readonly FlowFault[] {
  const faults = Object.keys(around.flows).flatMap((id) => [...checkFlow(around, id)])
  return [...faults, ...inEachOther(around.flows), ...atEntrances(around)]
}

/** The faults of one flow. */
export function* checkFlow(around: Around, id: string): Generator<FlowFault> {
  const flow = own(around.flows, id)
  if (flow === undefined) return
  const field = `flows.${id}`
  if (!Object.hasOwn(flow.nodes, flow.start)) yield refused(`${field}.start`, `there is no node ${flow.start}`)
  yield* references(around, flow, field)
  yield* texts(around, flow, field)
  const circle = circleIn(flow)
  if (circle !== null)
    yield refused(
      `${field}.nodes.${circle[0]}`,
      `goes round for ever if nobody answers: ${[...circle, circle[0]].join(' → ')}`,
    )
  const reached = reachable(flow)
  for (const node of Object.keys(flow.nodes))
    if (!reached.has(node)) yield { field: `${field}.nodes.${node}`, what: 'nothing leads here', weight: 'warned' }
}

const refused = (field: string, what: string): FlowFault => ({ field, what, weight: 'refused' })

/** Whatever a node names is there. */
function* references(around: Around, flow: Flow, field: string): Generator<FlowFault> {
  const missing = function* (
    among: Readonly<Record<string, unknown>> | null,
    what: string,
    id: string | undefined,
    at: string,
  ) {
    if (id !== undefined && among !== null && !Object.hasOwn(among, id)) yield refused(at, `there is no ${what} ${id}`)
  }
  if (flow.fallback.do === 'queue') yield* missing(around.plans, 'plan', flow.fallback.plan, `${field}.fallback.plan`)
  for (const [id, node] of Object.entries(flow.nodes)) {
    const at = `${field}.nodes.${id}`
    for (const next of nextOf(node)) yield* missing(flow.nodes, 'node', next.to, `${at}.${next.field}`)
    if (node.do === 'play') yield* missing(flow.sounds, 'sound', node.sound, `${at}.sound`)
    if (node.do === 'hours') yield* missing(around.hours, 'opening hours', node.hours, `${at}.hours`)
    if (node.do === 'flow') yield* missing(around.flows, 'flow', node.flow, `${at}.flow`)
    if (node.do === 'queue') {
      yield* missing(around.plans, 'plan', node.plan, `${at}.plan`)
      yield* missing(flow.sounds, 'sound', node.waiting?.music, `${at}.waiting.music`)
    }
    yield* options(node, at)
    yield* values(around, node, at)
  }
}

/** An answer means one option. */
function* options(node: FlowNode, at: string): Generator<FlowFault> {
  if (node.do !== 'menu' && node.do !== 'language') {
    if (node.do === 'collect' && node.expected.is === 'digits' && node.expected.least > node.expected.most)
      yield refused(`${at}.expected.least`, 'is more than the most')
    return
  }
  const ids = new Set<string>()
  const digits = new Set<string>()
  for (const [n, option] of node.options.entries()) {
    const id = 'id' in option ? option.id : option.language
    const name = 'id' in option ? 'id' : 'language'
    if (ids.has(id)) yield refused(`${at}.options.${n}.${name}`, 'stands here twice')
    if (option.digit !== undefined && digits.has(option.digit))
      yield refused(`${at}.options.${n}.digit`, 'means another option already')
    ids.add(id)
    digits.add(option.digit ?? '')
  }
}

/** What a node reads and writes is there, and takes what is written. */
function* values({ attributes }: Around, node: FlowNode, at: string): Generator<FlowFault> {
  for (const { name, field } of readBy(node)) {
    if (!isKnown(attributes, name)) yield refused(`${at}.${field}`, `there is no attribute ${name}`)
  }
  for (const { name, field } of writtenBy(node)) {
    if (!isKnown(attributes, name)) yield refused(`${at}.${field}`, `there is no attribute ${name}`)
  }
  if (node.do === 'set') {
    for (const [name, value] of Object.entries(node.values)) {
      const attribute = name.startsWith('conversation.')
        ? own(attributes?.conversation ?? {}, name.slice(13))
        : undefined
      if (attribute !== undefined && value !== null && !suits(attribute, value))
        yield refused(`${at}.values.${name}`, `is no ${attribute.type} as ${name} takes it`)
    }
  }
  if (node.do !== 'collect' || !node.into.startsWith('conversation.')) return
  const attribute = own(attributes?.conversation ?? {}, node.into.slice(13))
  const gives = node.expected.is === 'number' ? 'number' : node.expected.is === 'date' ? 'date' : 'text'
  if (attribute !== undefined && attribute.type !== gives && !(attribute.type === 'text' && gives === 'date'))
    yield refused(`${at}.into`, `takes a ${attribute.type}, and this collects a ${gives}`)
}

interface Named {
  readonly name: string
  readonly field: string
}

function* readBy(node: FlowNode): Generator<Named> {
  if (node.do === 'branch')
    for (const [n, { when }] of node.cases.entries())
      for (const [m, { value }] of when.entries()) yield { name: value, field: `cases.${n}.when.${m}.value` }
  if (node.do === 'lookup') for (const [key, name] of Object.entries(node.send)) yield { name, field: `send.${key}` }
}

function* writtenBy(node: FlowNode): Generator<Named> {
  if (node.do === 'collect') yield { name: node.into, field: 'into' }
  if (node.do === 'set') for (const name of Object.keys(node.values)) yield { name, field: `values.${name}` }
  if (node.do === 'lookup') for (const name of Object.keys(node.keep)) yield { name, field: `keep.${name}` }
}

const always = ['customer.name', 'customer.email', 'customer.phone']

function isKnown(attributes: Around['attributes'], name: string): boolean {
  if (attributes === null) return true
  const [about, key = ''] = name.split('.')
  if (about === 'conversation') return Object.hasOwn(attributes.conversation, key)
  if (about === 'customer') return always.includes(name) || Object.hasOwn(attributes.customer, key)
  return true
}

/** Every text is there in the flow's own language, and names only what can be filled in. */
function* texts({ attributes }: Around, flow: Flow, field: string): Generator<FlowFault> {
  for (const { text, at } of textsIn(flow)) {
    if (typeof text !== 'string' && !Object.hasOwn(text, flow.language))
      yield refused(`${field}.${at}`, `is not said in ${flow.language}, the language of the flow`)
    const inQueue = at.endsWith('.waiting.announce.text') ? ['queue.place', 'queue.wait'] : []
    const strange = everyLanguage(text)
      .flatMap(variablesIn)
      .find((name) => !inQueue.includes(name) && !(isName.test(name) && isKnown(attributes, name)))
    if (strange !== undefined) yield refused(`${field}.${at}`, `there is nothing named ${strange}`)
    const kept = everyLanguage(text)
      .flatMap(variablesIn)
      .find((name) => isKept(attributes, name))
    if (kept !== undefined) yield refused(`${field}.${at}`, `${kept} is not for customers: only some roles see it`)
  }
}

/** Whether only some roles of staff see an attribute. */
function isKept(attributes: Around['attributes'], name: string): boolean {
  const [about, key = ''] = name.split('.')
  if (attributes === null || (about !== 'customer' && about !== 'conversation')) return false
  return own(attributes[about], key)?.visibleTo !== undefined
}

const isName = /^(channel|language|(customer|conversation|flow)\.[a-z0-9][a-z0-9-]{0,62})$/

function* textsIn(flow: Flow): Generator<{ text: FlowText; at: string }> {
  if (flow.fallback.do === 'hangup') yield { text: flow.fallback.text, at: 'fallback.text' }
  for (const [id, node] of Object.entries(flow.nodes)) yield* textsOf(node, `nodes.${id}`)
}

function* textsOf(node: FlowNode, at: string): Generator<{ text: FlowText; at: string }> {
  for (const name of ['text', 'prompt', 'wrong', 'silent'] as const) {
    const text: FlowText | undefined = name in node ? Reflect.get(node, name) : undefined
    if (text !== undefined) yield { text, at: `${at}.${name}` }
  }
  if (node.do === 'menu' || node.do === 'language')
    for (const [n, { label }] of node.options.entries()) yield { text: label, at: `${at}.options.${n}.label` }
  if (node.do !== 'queue' || node.waiting === undefined) return
  const { announce, callback } = node.waiting
  if (announce !== undefined) yield { text: announce.text, at: `${at}.waiting.announce.text` }
  if (callback !== undefined) {
    yield { text: callback.prompt, at: `${at}.waiting.callback.prompt` }
    yield { text: callback.said, at: `${at}.waiting.callback.said` }
  }
}

/** A flow that contains itself would never end. */
function* inEachOther(flows: Around['flows']): Generator<FlowFault> {
  for (const [id, flow] of Object.entries(flows)) {
    for (const [node, step] of Object.entries(flow.nodes)) {
      if (step.do === 'flow' && flowsOf(flows, step.flow).includes(id))
        yield refused(`flows.${id}.nodes.${node}.flow`, `leads back to ${id} itself`)
    }
  }
}

/** A flow and all that it leads to. */
export function flowsOf(flows: Readonly<Record<string, Flow>>, id: string): string[] {
  const found = new Set([id])
  // A set is walked through to its end, what is added on the way too.
  for (const each of found)
    for (const node of Object.values(own(flows, each)?.nodes ?? {})) if (node.do === 'flow') found.add(node.flow)
  return [...found]
}

/** The flow of an entrance is there, returns to nobody, is not too large, and does only what its channel can. */
function* atEntrances(around: Around): Generator<FlowFault> {
  for (const channel of ['chat'] as const) {
    const id = around.entrances.flows?.[channel]
    if (id === undefined) continue
    const field = `entrances.flows.${channel}`
    const flow = own(around.flows, id)
    if (flow === undefined) yield refused(field, `there is no flow ${id}`)
    else yield* checkEntrance(around.flows, id, channel, field)
  }
}

export function* checkEntrance(
  flows: Around['flows'],
  id: string,
  channel: Channel,
  field = `flows.${id}`,
): Generator<FlowFault> {
  const all = flowsOf(flows, id)
  if (JSON.stringify(all.map((each) => own(flows, each))).length > LARGEST)
    yield refused(field, `this flow with all that it leads to is larger than ${LARGEST} characters`)
  const returns = Object.entries(own(flows, id)?.nodes ?? {}).find(([, node]) => node.do === 'return')
  if (returns !== undefined)
    yield refused(`flows.${id}.nodes.${returns[0]}`, 'no flow led here to which it could return')
  for (const each of all) yield* checkChannel(own(flows, each), `flows.${each}`, channel)
}
