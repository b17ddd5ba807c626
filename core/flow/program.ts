/** What the interpreter of flows is given and what it gives back: all of it plain data, so that an actor can keep it. */

import type { Hours } from '../protocol/config.ts'
import type { AttributeValue } from '../protocol/conversation.ts'
import type { Flow } from '../protocol/flow.ts'
import type { Channel } from './channels.ts'

/** A flow with all that it leads to. Whoever runs it keeps it: what is published meanwhile is for others. */
export interface Program {
  /** Where it begins. */
  readonly flow: string
  readonly flows: Readonly<Record<string, Flow>>
  /** The opening hours that its nodes name. */
  readonly hours: Readonly<Record<string, Hours>>
}

/** What is known outside of the flow, at the moment of an input. */
export interface World {
  readonly now: number
  readonly channel: Channel
  /** By what a flow calls it: `customer.name`, `conversation.order`. */
  readonly values: Readonly<Record<string, AttributeValue>>
  /** The place in the queue and the wait in minutes, as far as they are known. */
  readonly place?: number
  readonly wait?: number
}

/** Which node of which flow. */
export interface Frame {
  readonly flow: string
  readonly node: string
}

/**
 * How a flow ended: it passed somebody on to a queue; somebody asked for a person; it could not go on; it hung up; it
 * connected a number; somebody wants to be called back; whoever it led has gone, or was taken over.
 */
const flowEnds = ['passed-on', 'person', 'broken', 'hung-up', 'connected', 'callback', 'gone'] as const
export type FlowEnd = (typeof flowEnds)[number]

/** What it waits for. `offered`: the call back was offered already; `announced`: how often place and wait were said. */
export type Phase =
  | { readonly is: 'asking' }
  | { readonly is: 'looking-up' }
  | { readonly is: 'recording' }
  | { readonly is: 'dialling' }
  /** Being connected to the number that is its fallback; if that does not answer, somebody is sought. */
  | { readonly is: 'refuge'; readonly how: 'person' | 'broken' }
  | { readonly is: 'waiting'; readonly since: number; readonly announced: number; readonly offered: boolean }
  | { readonly is: 'over'; readonly how: FlowEnd }

export interface FlowState {
  /** Where it stands, the innermost flow last. */
  readonly stack: readonly Frame[]
  /** What the flow has noted, by `flow.…`. */
  readonly noted: Readonly<Record<string, AttributeValue>>
  /** What somebody has chosen; null: each flow's own. */
  readonly language: string | null
  /** How often the present question was asked. */
  readonly asked: number
  readonly phase: Phase
  /** When it goes on although nothing comes, in ms. */
  readonly wakeAt: number | null
}

/** What comes to a flow. `said` is speech or what somebody writes; `time`: its moment has come. */
export type Input =
  | { readonly type: 'digits'; readonly digits: string }
  | { readonly type: 'said'; readonly text: string }
  | { readonly type: 'chosen'; readonly id: string }
  | { readonly type: 'time' }
  | { readonly type: 'looked-up'; readonly answer: unknown }
  | { readonly type: 'not-looked-up' }
  | { readonly type: 'recorded' }
  | { readonly type: 'dialled'; readonly answered: boolean }
  | { readonly type: 'gone' }

/** What is to be done, in this order. After `ask`, `lookup`, `record` and `dial` the flow waits for what comes of it. */
export type Effect =
  | { readonly do: 'say'; readonly text: string; readonly language: string }
  | { readonly do: 'play'; readonly url: string }
  | {
      readonly do: 'ask'
      readonly text: string
      readonly language: string
      readonly choices: readonly { readonly id: string; readonly label: string }[]
      /** How many digits end the answer; null: none are waited for. */
      readonly digits: { readonly least: number; readonly most: number } | null
      /** Words that are likely to be heard. */
      readonly hints: readonly string[]
    }
  | {
      readonly do: 'lookup'
      readonly url: string
      readonly method: 'GET' | 'POST'
      readonly send: Readonly<Record<string, AttributeValue>>
      readonly timeout: number
    }
  | { readonly do: 'set'; readonly attributes: Readonly<Record<string, AttributeValue | null>> }
  /** Null: by the plan of the entrance. */
  | { readonly do: 'queue'; readonly plan: string | null }
  | { readonly do: 'music'; readonly url: string }
  /** Keeps the place in the queue and hangs up. */
  | { readonly do: 'callback' }
  | { readonly do: 'record'; readonly most: number }
  | { readonly do: 'dial'; readonly number: string; readonly timeout: number }
  | { readonly do: 'hangup' }
  /** For staff: why the flow could not go on. */
  | { readonly do: 'report'; readonly problem: string }

export interface Outcome {
  readonly state: FlowState
  readonly effects: readonly Effect[]
}
