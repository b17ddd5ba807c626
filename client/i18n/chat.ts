/** Catalogues of the chat: English comes with it, Chinese is fetched before it is spoken. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { beforeSpeaking, locale } from './locale.ts'

type Chinese = typeof import('./chat-zh.ts')

const chinese = signal<Chinese | null>(null)

beforeSpeaking('zh', async () => {
  chinese.value ??= await import('./chat-zh.ts')
})

/** English, too, where Chinese could not be fetched. */
export function chatCatalogue<T>(en: T, zh: (chinese: Chinese) => T): ReadonlySignal<T> {
  return computed(() => (locale.value === 'zh' && chinese.value !== null ? zh(chinese.value) : en))
}
