/** What is said in the preview of the chat. */
import { catalogue } from './locale.ts'

const en = { agent: 'Ada', question: 'Hello, do you mend tents?', answer: 'We do. Which one is it?' }
export type SampleWords = typeof en
const zh: SampleWords = { agent: '小雅', question: '你好，你们修帐篷吗？', answer: '可以的，请问是哪一款？' }

export const sampleWords = catalogue({ en, zh })
