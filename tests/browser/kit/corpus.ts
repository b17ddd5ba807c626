/** Hostile words, and a configuration that has them wherever it takes a text. */
import type { ConfigInput } from '../../../core/protocol/config.ts'
import { makeConfig } from './companies.ts'

/** Each would set `struck`, open a dialog or leave an element behind if anything took it for more than text. */
export const corpus = [
  '<script>struck=1</script>',
  '<img src=x onerror=struck=1>',
  '"><svg onload=struck=1>',
  "'><iframe srcdoc='<script>parent.struck=1</script>'></iframe>",
  '<a href="javascript:struck=1">click</a>',
  '[click](javascript:struck=1)',
  'javascript:struck=1//https://shop.example/',
  '</textarea></title></style><script>struck=1</script>',
  '<math><mtext><style><img src=x onerror=struck=1></style></mtext></math>',
  '<details open ontoggle=struck=1>',
  '<form action="https://evil.example"><input autofocus onfocus=struck=1>',
  '{{constructor.constructor("struck=1")()}} #{struck=1} <%= struck=1 %>',
  '\u202e<b onmouseover=struck=1>\u0000&lt;script&gt;struck=1&lt;/script&gt;',
  'data:text/html,<script>struck=1</script>',
  '=HYPERLINK("https://evil.example","x")<b onclick=struck=1>',
] as const

/** The words that a label takes: fewer, and no control characters. */
const labels = corpus.map((words) => words.replaceAll('\u0000', '').slice(0, 80).trim())

/** Whether a text is one of ours, or begins as one. */
export const isHostile = (text: string): boolean => /struck=1|evil\.example|onerror|javascript:/.test(text)

/** Gives the words out one after another, so that all of them come to stand somewhere. */
export class Words {
  #at: number

  constructor(at = 0) {
    this.#at = at
  }

  /** For names. */
  label(): string {
    return labels[this.#at++ % labels.length] ?? ''
  }

  /** For everything longer. */
  text(): string {
    return corpus[this.#at++ % corpus.length] ?? ''
  }
}

/** Every field of a configuration that takes free text has some, each hostile; it can be published and served. */
export function hostileConfig(): ConfigInput {
  const words = new Words()
  const label = () => words.label()
  const usual = makeConfig({ cooldown: 100 })
  /** A place whose expression has some in quotes. */
  const asked = (queue: string) => ({
    queue,
    need: { where: `lang = "${label().replaceAll(/["\\]/g, '')}" or anybody` },
  })
  const queue = { name: label(), team: 'all' }
  return {
    ...usual,
    organisation: label(),
    queues: {
      desk: {
        ...queue,
        contactOrder: { by: 'score', boosts: [{ by: 'channel', values: { [label()]: 1 } }] },
      },
      // Nobody waits here.
      other: { ...queue, contactOrder: { by: 'list', list: [{ by: 'channel', values: [label()] }] } },
    },
    plans: {
      chat: {
        name: label(),
        steps: [{ after: 0, queues: [{ queue: 'desk' }], say: words.text() }],
        fallback: { after: 3_600_000, notice: words.text() },
      },
      other: {
        name: label(),
        steps: [
          { after: 0, queues: [asked('other')], also: [asked('desk')] },
          { after: 60_000, end: words.text() },
        ],
      },
    },
    agents: {
      ada: { name: label(), team: 'all', queues: [{ queue: 'desk', level: 3 }], attributes: { lang: [label()] } },
      ben: { name: label(), team: 'all', queues: [] },
      olga: { name: label(), team: 'all', queues: [] },
    },
    reasons: [label(), label(), label()],
    declineReasons: [label(), label()],
    flows: { said: hostileFlow(() => unnamed(words.text())), translated: hostileFlow(() => inEnglish(words)) },
    hours: { rare: { zone: 'Etc/UTC', exceptions: { '2026-12-25': { name: label() } } } },
    teams: { all: { name: label() } },
    skills: { any: { name: label() } },
    tags: { one: { name: label() }, two: { name: label() } },
    dispositions: {
      group: { name: label() },
      one: { name: label(), parent: 'group' },
      two: { name: label(), parent: 'group' },
    },
    cannedReplies: { one: { shortcut: 'hi', text: words.text(), choices: [{ id: 'one', label: label() }] } },
    attributes: {
      customer: {
        company: { type: 'text', name: label() },
        motto: { type: 'text', name: label() },
        kind: { type: 'list', name: label(), values: [label()] },
      },
      conversation: {
        order: { type: 'text', name: label() },
        kind: { type: 'list', name: label(), values: [label(), label()] },
      },
    },
    widget: {
      texts: Object.fromEntries(
        ['en', 'zh'].map((language) => [
          language,
          {
            title: words.text(),
            greeting: words.text(),
            placeholder: words.text(),
            closed: words.text(),
            launcher: label(),
          },
        ]),
      ),
      nudges: { one: { text: { en: words.text(), zh: words.text() }, page: words.text(), after: 0 } },
      preChat: ['conversation.order', 'customer.motto'].map((field) => ({
        field,
        label: { en: label(), zh: label() },
      })),
    },
    policies: { session: { oidc: { issuer: 'https://login.example.com', clientId: label() } } },
  }
}

/** Flows refuse places that nothing fills in. */
const unnamed = (text: string) => text.replaceAll('{{', '{')
const inEnglish = (words: Words) => ({ en: unnamed(words.label()) })

/** A flow that nobody is led through: its words stand on the pages that show it. */
function hostileFlow(say: () => string | { en: string }): NonNullable<ConfigInput['flows']>[string] {
  const words = new Words(3)
  const label = () => unnamed(words.label())
  const option = { digit: '1', words: [label()] }
  const name = say()
  const short = typeof name === 'string' ? label() : { en: label() }
  return {
    name: label(),
    start: 'ask',
    fallback: { do: 'hangup', text: say() },
    personWords: [label()],
    nodes: {
      ask: {
        do: 'menu',
        prompt: say(),
        wrong: say(),
        silent: say(),
        options: [{ id: 'one', ...option, label: short, next: 'set' }],
        otherwise: 'which',
      },
      which: {
        do: 'branch',
        cases: [
          { when: [{ value: 'flow.a', is: 'equal', to: label() }], next: 'set' },
          { when: [{ value: 'flow.a', is: 'one-of', to: [label()] }], next: 'set' },
        ],
        otherwise: 'set',
      },
      set: { do: 'set', values: { 'flow.a': label() }, next: 'end' },
      end: {
        do: 'queue',
        text: say(),
        waiting: {
          announce: { every: 60_000, text: say() },
          callback: { after: 60_000, prompt: say(), digit: '5', said: say() },
        },
      },
    },
  }
}
