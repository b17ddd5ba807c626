/** The field in which a message is written: Enter sends, Shift+Enter breaks the line, the draft survives a reload. */
import type { ComponentChildren, TextareaHTMLAttributes } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { recall, remember } from '../net/browser.ts'
import { draftKey } from './draft.ts'
import * as glyph from './glyph.tsx'

/** What helps writing, from outside. */
export interface ComposerAid {
  /** Of the field, for those who do not see what is offered. */
  readonly attributes: Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'ref'>
  /** The text or the caret is another one. */
  moved(field: HTMLTextAreaElement): void
  /** The focus has gone. */
  left(): void
  /** Before the field does anything with it; true: that was all. */
  key(event: KeyboardEvent): boolean
  /** Whether this may be sent as it is. */
  mayGo(text: string): boolean
}

export interface ComposerProps {
  /** Where the draft is kept; another key is another draft. */
  readonly draft: string
  readonly label: string
  readonly sendLabel: string
  readonly testid: string
  readonly sendTestid: string
  readonly disabled?: boolean
  readonly focus?: boolean
  onSend(text: string): void
  onInput(empty: boolean, text: string): void
  /** Absent where no files are taken. */
  readonly attachLabel?: string | undefined
  onFiles?(files: readonly File[]): void
  readonly aid?: ComposerAid
  /** Beside the field. */
  readonly tools?: ComponentChildren
}

const LONGEST = 8_000

export function Composer(props: ComposerProps) {
  const [text, setText] = useState(() => recall(draftKey(props.draft)) ?? '')
  const field = useRef<HTMLTextAreaElement>(null)

  useLayoutEffect(() => setText(recall(draftKey(props.draft)) ?? ''), [props.draft])
  useLayoutEffect(() => {
    if (props.focus) field.current?.focus()
  }, [props.draft, props.focus])

  const change = (next: string) => {
    setText(next)
    remember(draftKey(props.draft), next === '' ? null : next)
    props.onInput(next.trim() === '', next)
  }
  const send = () => {
    const said = text.trim()
    if (said === '' || props.disabled || props.aid?.mayGo(said) === false) return
    setText('')
    remember(draftKey(props.draft), null)
    props.onSend(said)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (props.aid?.key(event)) return
    // 229: some input methods report their own Enter with isComposing already over.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    send()
  }
  const take = (event: Event, files: FileList | undefined) => {
    if (!files?.length || props.attachLabel === undefined) return
    event.preventDefault()
    props.onFiles?.([...files])
  }
  return (
    <form
      class="composer"
      onPaste={(event) => take(event, event.clipboardData?.files)}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {props.attachLabel !== undefined && (
        <label class="btn icon attach" title={props.attachLabel}>
          <input
            type="file"
            multiple
            class="sr"
            aria-label={props.attachLabel}
            data-testid="attach"
            onChange={(event) => {
              take(event, event.currentTarget.files ?? undefined)
              event.currentTarget.value = ''
            }}
          />
          <glyph.Glyph path={glyph.clip} />
        </label>
      )}
      {props.tools}
      <textarea
        ref={field}
        rows={1}
        aria-label={props.label}
        placeholder={props.label}
        maxLength={LONGEST}
        disabled={props.disabled ?? false}
        value={text}
        data-testid={props.testid}
        {...props.aid?.attributes}
        onInput={(event) => {
          change(event.currentTarget.value)
          props.aid?.moved(event.currentTarget)
        }}
        onKeyDown={onKeyDown}
        onSelect={(event) => props.aid?.moved(event.currentTarget)}
        onBlur={() => props.aid?.left()}
      />
      <button
        type="submit"
        class="btn primary icon"
        aria-label={props.sendLabel}
        title={props.sendLabel}
        disabled={(props.disabled ?? false) || text.trim() === ''}
        data-testid={props.sendTestid}
      >
        <glyph.Glyph path={glyph.send} turns />
      </button>
    </form>
  )
}
