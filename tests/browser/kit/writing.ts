/** A customer without a browser: writes by the chat's entrance and the long poll, as a widget behind a proxy does. */
import { ChatSession, PollAnswer } from '../../../core/protocol/api.ts'
import { heldFetch } from '../../support/held-fetch.ts'
import type { Company } from './company.ts'

/** Begins a talk with these words. */
export async function write(company: Company, text: string) {
  const { origin, id } = company
  const json = { origin, 'content-type': 'application/json' }
  const entered = await heldFetch(`${origin}/channels/chat/${id}/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ command: crypto.randomUUID() }),
  })
  const { conversation, ticket } = ChatSession.parse(await entered.json())
  const command = async (name: string, body: object) => {
    const command = { t: 'cmd', id: crypto.randomUUID(), name, body }
    const frames = [{ t: 'hello', v: 1, client: `client-${conversation}` }, command]
    const polled = await heldFetch(`${origin}/poll/conversation/${conversation}`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${ticket}` },
      body: JSON.stringify({ frames, wait: 0 }),
    })
    const answer = PollAnswer.parse(await polled.json())
    if (!JSON.stringify(answer.frames).includes('"reply"'))
      throw new Error(`${name} had no answer: ${JSON.stringify(answer)}`)
  }
  const say = (words: string) => command('post', { text: words })
  await say(text)
  return { conversation, say, leave: () => command('leave', {}) }
}
