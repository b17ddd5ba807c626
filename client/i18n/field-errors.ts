/** What is wrong with a field, as a sentence: the checks' own in English, put into Chinese by their patterns. */
import { inChinese } from './chinese-faults.ts'
import { locale } from './locale.ts'

export function fieldText(message: string): string {
  const chinese = locale.value === 'zh' ? inChinese(message) : undefined
  return chinese ?? message.replace(/^./, (letter) => letter.toUpperCase())
}
