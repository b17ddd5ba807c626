/** The pseudo-locale ar-XB: words that are longer and run from right to left, to see whether screens have room for them. */

const RIGHT_TO_LEFT = '\u202e'
const AS_BEFORE = '\u202c'
/** A letter of no width that is read from right to left, so that what stands around the word is too. */
const MARK = '\u200f'

/** About a third longer, as German or Arabic is beside English. */
const longer = (word: string) => word.replaceAll(/[aeiou]/gi, '$&$&')
const turned = (text: string) =>
  text.replaceAll(/\S+/g, (word) => `${MARK}${RIGHT_TO_LEFT}${longer(word)}${AS_BEFORE}${MARK}`)

/** The same catalogue; every text that is read from it, or made by a function of it, is disguised. */
export const disguised = <T extends object>(words: T): T =>
  new Proxy(words, {
    get: (of, key, self) => (Object.hasOwn(of, key) ? dress(Reflect.get(of, key, self)) : Reflect.get(of, key, self)),
    apply: (of, self, given) => {
      const said = typeof of === 'function' ? Reflect.apply(of, self, given) : undefined
      return typeof said === 'string' ? turned(said) : said
    },
  })

function dress(part: unknown): unknown {
  if (typeof part === 'string') return turned(part)
  return typeof part === 'function' || (typeof part === 'object' && part !== null) ? disguised(part) : part
}
