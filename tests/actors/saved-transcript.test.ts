/** A conversation to take along: who gets what of it, in which language and zone, and what of it may run. */
import { runInDurableObject } from 'cloudflare:test'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { say } from '../../core/conversation/entries.ts'
import { address, asId, type ConversationId } from '../../core/ids.ts'
import type { Problem } from '../../core/protocol/api.ts'
import { deriveKey } from '../../worker/auth/keys.ts'
import { signFileLink, signTicket } from '../../worker/auth/tokens.ts'
import { corpus } from '../browser/kit/corpus.ts'
import { call, memberOf } from './callers.ts'
import { env } from './env.ts'
import type { Company } from './kit/company.ts'
import { play, talkOf, theFile } from './scene.ts'

let acme: Company
let own = ''
beforeAll(async () => {
  acme = (await play()).acme
  own = talkOf('ada')
  const line = await acme.connect('conversation', own, acme.staff('ada'))
  await line.hello()
  await line.command('note', { text: 'only <b>we</b> know' })
  for (const text of corpus) await line.command('note', { text })
})

const customerOf = (who: string) => ({
  kind: 'customer' as const,
  org: 'acme',
  customer: `customer-of-${who}`,
  conversation: talkOf(who),
})
async function ticketOf(who: string): Promise<{ authorization: string }> {
  const name = address(asId('acme'), 'conversation', asId<ConversationId>(talkOf(who)))
  return { authorization: `Bearer ${await signTicket(env.PARLEY_SECRET, name, customerOf(who))}` }
}
const take = (id: string, more: object, query = '') => call('GET', `/files/${id}/transcript${query}`, more)
const codeOf = async (answer: Response) => ((await answer.json()) as Problem).code

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)

/** A page, and the elements and attributes that a parser finds in it. */
async function markupOf(answer: Response) {
  const elements = new Map<string, number>()
  const attributes = new Set<string>()
  const rewriter = new HTMLRewriter().on('*', {
    element(element) {
      elements.set(element.tagName, (elements.get(element.tagName) ?? 0) + 1)
      for (const [name = ''] of element.attributes) attributes.add(name)
    },
  })
  const whole = await rewriter.transform(answer).text()
  return { elements, attributes, whole }
}

describe('a saved transcript', () => {
  it('TR1: holds for its customer what was public of the own talk, and for nobody else’s', async () => {
    const headers = await ticketOf('ada')
    const answer = await take(own, { headers })
    expect(answer.status).toBe(200)
    const { whole } = await markupOf(answer)
    expect(whole).toContain('a secret of acme')
    expect(whole).toContain('Chloé ada has joined')
    expect(whole).toContain('>You<')
    expect(whole).not.toMatch(/only &lt;b|Note|customer-of-ada|acme-sales|"ada"/)
    expect(await codeOf(await take(talkOf('ben'), { headers }))).toBe('not_found')
    expect(await codeOf(await take(talkOf('bea'), { headers }))).toBe('not_found')
    expect(await codeOf(await take(own, {}))).toBe('unauthenticated')
  })

  it('TR1 AU5: holds notes for staff who may read it; taken from other hands it is an act, from one’s own none', async () => {
    const acts = async () =>
      (await env.DB.prepare("select by_id, object_id from audit where action = 'conversation.transcript'").all())
        .results
    expect((await take(own, { as: memberOf('ada') })).status).toBe(200)
    expect(await acts()).toEqual([])
    const { whole } = await markupOf(await take(own, { as: memberOf('sam') }))
    expect(whole).toContain('only &lt;b&gt;we&lt;/b&gt; know')
    expect(whole).toContain('customer-of-ada')
    expect(await acts()).toEqual([{ by_id: 'sam', object_id: own }])
    expect(await codeOf(await take(talkOf('cyd'), { as: memberOf('sam') }))).toBe('forbidden')
    expect(await codeOf(await take(own, { as: memberOf('ana') }))).toBe('forbidden')
    expect(await codeOf(await take(own, { as: memberOf('otto') }))).toBe('not_found')
    expect(await acts()).toHaveLength(1)
  })

  it('TR2 SC13: is saved, runs nothing, and shows as text what anybody wrote', async () => {
    const answer = await take(own, { as: memberOf('ada') })
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="conversation-${own}.html"`)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-.*; sandbox/)
    const { elements, attributes, whole } = await markupOf(answer)
    const known = ['html', 'head', 'meta', 'title', 'style', 'body', 'main', 'h1', 'dl', 'dt', 'dd', 'ol', 'li', 'span']
    expect([...elements.keys()].filter((name) => ![...known, 'time', 'p', 'a'].includes(name))).toEqual([])
    expect(elements.get('style')).toBe(1)
    const plain = ['lang', 'charset', 'http-equiv', 'content', 'name', 'aria-label', 'datetime', 'class', 'href']
    expect([...attributes].filter((name) => !plain.includes(name))).toEqual([])
    for (const words of corpus) expect(whole).toContain(escaped(words))
  })

  it('TR3: is in the language and the zone that are asked for, each time with its offset', async () => {
    const at = Date.UTC(2026, 6, 1, 12)
    await runInDurableObject(acme.conversation(own), ({ actor }) =>
      actor.decide((state, turn) => say(state, { ...turn, now: at }, { type: 'message', text: 'at noon' })),
    )
    const as = memberOf('ada')
    const page = async (query: string, headers = {}) => (await markupOf(await take(own, { as, headers }, query))).whole
    const english = await page('?locale=en-GB&zone=Europe/Berlin')
    expect(english).toContain('<html lang="en">')
    expect(english).toMatch(/datetime="2026-07-01T12:00:00.000Z">[^<]*2:00:00[^<]*GMT\+2</)
    expect(english).toContain('Europe/Berlin')
    const chinese = await page('?zone=Asia/Shanghai', { 'accept-language': 'fr, zh-CN;q=0.9, en;q=0.5' })
    expect(chinese).toContain('<html lang="zh-CN">')
    expect(chinese).toMatch(/datetime="2026-07-01T12:00:00.000Z">[^<]*20:00:00</)
    expect(chinese).toContain('内部备注')
    expect(await page('')).toMatch(/12:00:00[^<]*UTC</)
    const refused = await take(own, { as }, '?zone=Mars/Base')
    expect(((await refused.json()) as Problem).errors?.map(({ field }) => field)).toEqual(['zone'])
  })

  it('TR4: names files with links: of staff by their session, of a customer for a week, as long as it may be read', async () => {
    const file = { type: 'file', id: theFile, name: 'bill & <co>.txt', media: 'text/plain', size: 5_000 } as const
    await runInDurableObject(acme.conversation(own), ({ actor }) =>
      actor.decide((state, turn) => say(state, turn, file)),
    )
    const hrefIn = (page: string) => /<a href="([^"]+)">bill &amp; &lt;co&gt;\.txt<\/a>/.exec(page)?.[1] ?? ''
    const theirs = new URL(hrefIn((await markupOf(await take(own, { headers: await ticketOf('ada') }))).whole))
    const ours = new URL(hrefIn((await markupOf(await take(own, { as: memberOf('ada') }))).whole))
    expect([ours.pathname, ours.search]).toEqual([`/files/${own}/${theFile}`, ''])
    const follow = (path: string) => call('GET', path)
    expect(await (await follow(theirs.pathname + theirs.search)).text()).toBe('a secret')
    expect((await follow(theirs.pathname)).status).toBe(401)
    // To another file, of another conversation, without the method, for ever: nothing.
    expect((await follow(`/files/${own}/another-file${theirs.search}`)).status).toBe(401)
    expect((await follow(`/files/${talkOf('ben')}/${theFile}${theirs.search}`)).status).toBe(401)
    expect((await call('DELETE', `${theirs.pathname}/parts`)).status).toBe(401)
    const path = `/files/${own}/${theFile}`
    const sign = async (purpose: 'ticket' | 'file-link', principal: object, exp: number) =>
      new SignJWT({ principal, exp })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(path)
        .sign(await deriveKey(env.PARLEY_SECRET, purpose))
    const soon = Math.floor(Date.now() / 1000) + 60
    const made = [
      await sign('ticket', customerOf('ada'), soon),
      await sign('file-link', customerOf('ada'), soon - 120),
      await sign('file-link', { kind: 'staff', org: 'acme', id: 'ada', name: 'Ada', role: 'agent' }, soon),
    ]
    for (const link of made) expect((await follow(`${path}?link=${link}`)).status).toBe(401)
    // Whose conversation it is not is asked anew each time.
    const others = await signFileLink(env.PARLEY_SECRET, path, { ...customerOf('ben'), conversation: own })
    expect((await follow(`${path}?link=${others}`)).status).toBe(404)
  })

  it('TR5: of any length comes in pages, whole and in order', async () => {
    const id = talkOf('ben')
    await runInDurableObject(acme.conversation(id), ({ actor }) =>
      actor.decide((state, turn) => {
        for (let n = 0; n < 350; n += 1) say(state, turn, { type: 'message', text: `word ${n} of many` })
      }),
    )
    for (const more of [{ as: memberOf('ben') }, { headers: await ticketOf('ben') }]) {
      const { whole } = await markupOf(await take(id, more))
      const words = [...whole.matchAll(/word (\d+) of many/g)].map(([, n]) => Number(n))
      expect(words).toEqual(Array.from({ length: 350 }, (_, n) => n))
      expect(whole.trimEnd()).toMatch(/<\/html>$/)
    }
  })
})
