/** Files in a transcript: those that were sent, and those that are on their way. */
import { useEffect, useState } from 'preact/hooks'
import type { FileBody } from '../../core/protocol/conversation.ts'
import { faultText } from '../i18n/faults.ts'
import type { Uploads } from '../net/uploads.ts'
import { Icon } from './icon.tsx'

const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** A picture is shown; everything else is a button that saves it. */
export function SentFile({ uploads, body }: { uploads: Uploads; body: FileBody }) {
  const [url, setUrl] = useState<string | null>(null)
  const isPicture = pictures.has(body.media)
  useEffect(() => {
    if (!isPicture) return
    let made: string | null = null
    let gone = false
    uploads.url(body.id).then(
      (found) => {
        made = found
        if (gone) URL.revokeObjectURL(found)
        else setUrl(found)
      },
      // The button below stays: it tries again.
      () => {},
    )
    return () => {
      gone = true
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [uploads, body.id, isPicture])
  return (
    <button type="button" class="file" data-testid="file" onClick={() => void save(uploads, body)}>
      {url === null ? <Icon name="clip" /> : <img src={url} alt="" />}
      <span class="trunc">
        {body.name} <small>{sizeOf(body.size)}</small>
      </span>
    </button>
  )
}

async function save(uploads: Uploads, { id, name }: FileBody): Promise<void> {
  const url = await uploads.url(id).catch(() => null)
  if (url === null) return
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

interface Words {
  readonly sending: string
  readonly notSent: string
  readonly retry: string
  readonly discard: string
}

/** What is on its way, with how far it has come; what became an entry is shown as such. */
export function Underway({
  uploads,
  sent,
  lease,
  words,
}: {
  uploads: Uploads
  sent: readonly { readonly id: string }[]
  lease?: number | undefined
  words: Words
}) {
  const items = uploads.items.value.filter(({ id }) => !sent.some((entry) => entry.id === id))
  return (
    <>
      {items.map(({ id, file, done, refusal }) => (
        <div key={id} class="up" data-testid="upload" data-state={refusal === null ? 'sending' : 'failed'}>
          <span class="trunc">{file.name}</span>
          {refusal === null ? (
            <progress value={done} aria-label={`${words.sending}: ${file.name}`} />
          ) : (
            <span class="meta fail" role="alert">
              <Icon name="warn" /> {words.notSent}. {faultText(refusal)}
              <button type="button" class="btn sm" onClick={() => uploads.retry(id, lease)}>
                {words.retry}
              </button>
              <button type="button" class="btn sm" onClick={() => uploads.drop(id)}>
                {words.discard}
              </button>
            </span>
          )}
        </div>
      ))}
    </>
  )
}

/** In the units that people know. */
function sizeOf(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`
}
