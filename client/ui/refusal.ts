/** Why a file was not taken, naming the limit that it broke. */
import { faultText } from '../i18n/faults.ts'
import { fileWords, sizeText, typeText } from '../i18n/files.ts'
import type { Refusal } from '../net/file-requests.ts'

export function refusalText({ size, type }: Pick<File, 'size' | 'type'>, refusal: Refusal): string {
  const t = fileWords.value
  const { code, field, limits } = refusal
  if (code === 'too_large') {
    if (limits === null) return t.tooMany
    return size > limits.mostBytes ? t.tooLarge(sizeText(size), sizeText(limits.mostBytes)) : t.tooMany
  }
  if (field !== 'media' || limits === null) return faultText(refusal)
  const isTaken = limits.types.includes(type) || limits.types.includes(`${type.split('/')[0]}/*`)
  if (isTaken) return t.otherContent(typeText(type))
  return t.wrongType(typeText(type), limits.types.map(typeText).join(', '))
}
