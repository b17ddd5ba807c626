/** A new field that takes free text comes into the corpus of hostile words, or it is said here why it need not. */
import { expect, it } from 'vitest'
import { checkConfig } from '../../core/book/check.ts'
import { hostileConfig, isHostile } from '../browser/kit/corpus.ts'
import { planted } from '../browser/kit/plants.ts'
import { holdsText, textFields } from '../support/text-fields.ts'

/** What names something that is there, or asks for something: it is compared, and shown to nobody. */
const compared = [
  /^GET .* \?/,
  /^(POST|PUT) \/api\/ops\/(replay|backup\/)/,
  / body\.(disposition|queue|agent|into|conversation)$/,
  / body\.(add|remove|mentions)\[\]$/,
  / body\.(attributes|fields)\.<key>$/,
  /^POST \/api\/v1\/tickets id$/,
  /^POST \/poll\//,
  /^POST \/channels\/chat\/\{organisation\}\/session (user|visitor|conversation)$/,
  /^shop sub$/,
]
/** What is kept as a hash or sealed, and given to nobody. */
const secret = [/ (password|token)$/, /^PUT \/api\/v1\/secrets\/\{name\} value$/]

it('SC13: every field that takes free text is in the corpus, or is compared or kept and never shown', () => {
  const config = hostileConfig()
  const known = (field: string) => {
    const [, path = ''] = /^PUT \/api\/v1\/config ([^?].*)$/.exec(field) ?? []
    if (path !== '') return holdsText(config, path, isHostile)
    return planted.some((one) => one === field) || [...compared, ...secret].some((pattern) => pattern.test(field))
  }
  const fields = textFields()
  // A new one goes into `hostileConfig()` or into `planted`, and from there into hostile.test.ts.
  expect(fields.filter((field) => !known(field))).toEqual([])
  expect(planted.filter((field) => !fields.includes(field))).toEqual([])
  expect(checkConfig(config)).toMatchObject({ ok: true })
})
