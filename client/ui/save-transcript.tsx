/** The button that saves a conversation, in the language of its reader. */
import { useSignal } from '@preact/signals'
import { fileWords } from '../i18n/files.ts'
import { locale } from '../i18n/locale.ts'
import type { Files } from '../net/later-uploads.ts'
import * as glyph from './glyph.tsx'
import { saveAs } from './save-as.ts'

export interface SaveTranscriptProps {
  readonly uploads: Files
  readonly conversation: string
  /** Only the icon is shown where there is little room. */
  readonly isSmall?: boolean
}

export function SaveTranscript({ uploads, conversation, isSmall = false }: SaveTranscriptProps) {
  const t = fileWords.value
  const state = useSignal<'idle' | 'busy' | 'failed'>('idle')
  const save = async () => {
    if (state.value === 'busy') return
    state.value = 'busy'
    const url = await uploads.transcript(locale.value).catch(() => null)
    state.value = url === null ? 'failed' : 'idle'
    if (url !== null) saveAs(url, `conversation-${conversation}.html`)
  }
  return (
    <>
      <button
        type="button"
        class={isSmall ? 'btn icon' : 'btn sm line'}
        aria-label={t.saveTranscript}
        title={t.saveTranscript}
        aria-busy={state.value === 'busy'}
        data-testid="save-transcript"
        onClick={() => void save()}
      >
        <glyph.Glyph path={glyph.save} /> {!isSmall && t.saveTranscript}
      </button>
      {state.value === 'failed' && (
        <small class="fail" role="alert" data-testid="save-transcript-failed">
          {t.notSaved}
        </small>
      )}
    </>
  )
}
