/** Files in a transcript: those that were sent, and those that are on their way. */
import { useEffect, useState } from 'preact/hooks'
import type { FileBody } from '../../core/protocol/conversation.ts'
import { fileWords, sizeText } from '../i18n/files.ts'
import type { Files } from '../net/later-uploads.ts'
import type { Sending } from '../net/uploads.ts'
import * as glyph from './glyph.tsx'
import { boxOf, isPicture } from './pictures.ts'
import { refusalText } from './refusal.ts'
import { saveAs } from './save-as.ts'
import './files.css'

/** A picture is shown; everything else is a chip with its name and size. Pressed, either is saved. */
export function SentFile({ uploads, body }: { uploads: Files; body: FileBody }) {
  const name = (
    <span class="trunc">
      {body.name} <small>{sizeText(body.size)}</small>
    </span>
  )
  return (
    <button
      type="button"
      class={isPicture(body.media) ? 'file' : 'file chip'}
      data-testid="file"
      onClick={() => void save(uploads, body)}
    >
      {isPicture(body.media) ? <Thumbnail uploads={uploads} body={body} /> : <glyph.Glyph path={glyph.clip} />}
      {name}
    </button>
  )
}

function Thumbnail({ uploads, body }: { uploads: Files; body: FileBody }) {
  const { width, height } = boxOf(body)
  const url = useUrl(uploads, body.id)
  return (
    <span class="thumb" style={{ width: `${width}px`, aspectRatio: `${width} / ${height}` }}>
      {url !== null && <img src={url} alt="" width={width} height={height} data-testid="thumbnail" />}
    </span>
  )
}

/** Null until it is there; when it cannot be had, saving tries again. */
function useUrl(uploads: Files, file: string): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let gone = false
    uploads.url(file).then(
      (found) => {
        made = found
        if (gone) URL.revokeObjectURL(found)
        else setUrl(found)
      },
      () => {},
    )
    return () => {
      gone = true
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [uploads, file])
  return url
}

async function save(uploads: Files, { id, name }: FileBody): Promise<void> {
  const url = await uploads.url(id).catch(() => null)
  if (url !== null) saveAs(url, name)
}

interface UnderwayProps {
  readonly uploads: Files
  readonly sent: readonly { readonly id: string }[]
  readonly lease?: number | undefined
}

/** What is on its way, with how far it has come; what became an entry is shown as such. */
export function Underway({ uploads, sent, lease }: UnderwayProps) {
  const items = uploads.items.value
  const ids = new Set(sent.map(({ id }) => id))
  const arrived = items.filter(({ id }) => ids.has(id)).map(({ id }) => id)
  useEffect(() => uploads.forget(arrived), [uploads, arrived.join()])
  return (
    <>
      {items
        .filter(({ id }) => !ids.has(id))
        .map((item) => (
          <Upload key={item.id} item={item} uploads={uploads} lease={lease} />
        ))}
    </>
  )
}

function Upload({ item, uploads, lease }: { item: Sending } & Omit<UnderwayProps, 'sent'>) {
  const t = fileWords.value
  const { id, file, state, done, refusal, kept } = item
  return (
    <div class="up" data-testid="upload" data-state={state}>
      <span class="trunc">
        {file.name} <small>{sizeText(file.size)}</small>
      </span>
      {kept === false && state !== 'sent' && (
        <small role="status" data-testid="upload-unkept">
          <glyph.Glyph path={glyph.warn} /> {t.unkept}
        </small>
      )}
      {refusal === null ? (
        <span class="row">
          {state === 'waiting' && (
            <small role="status">
              <glyph.Glyph path={glyph.offline} /> {t.waiting}
            </small>
          )}
          <progress value={done} aria-label={t.sending(file.name)} />
          <button
            type="button"
            class="btn icon sm"
            aria-label={t.cancel(file.name)}
            title={t.cancel(file.name)}
            data-testid="upload-cancel"
            onClick={() => uploads.cancel(id)}
          >
            <glyph.Glyph path={glyph.x} />
          </button>
        </span>
      ) : (
        <span class="meta fail" role="alert">
          <glyph.Glyph path={glyph.warn} /> {t.notSent}. {refusalText(file, refusal)}
          <button type="button" class="btn sm" data-testid="upload-retry" onClick={() => uploads.retry(id, lease)}>
            {t.retry}
          </button>
          <button type="button" class="btn sm" onClick={() => uploads.cancel(id)}>
            {t.discard}
          </button>
        </span>
      )}
    </div>
  )
}
