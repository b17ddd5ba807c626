/** The chat as customers will get it: its own page in a frame, and the button with the loader's own style. */
import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Config } from '../../../../core/protocol/config.ts'
import { lookOf } from '../../../../core/widget/look.ts'
import { askedOf } from '../../../../core/widget/pre-chat.ts'
import { type Locale, locale, locales } from '../../../i18n/locale.ts'
import { widgetLookWords } from '../../../i18n/widget-look.ts'
import css from '../../../widget/page/launcher.css' with { type: 'text' }
import { type Scene, type Showing, scenes } from '../../../widget/showing.ts'
import { account } from '../../account.ts'
import './preview.css'

/** In the stage the frame is as high as the stage has room, whatever the window has. */
const stageCss =
  'iframe { height: calc(100% - var(--bottom) - 92px) !important; max-width: calc(100% - var(--sides)); }'

export function Preview({ config }: { readonly config: Config }) {
  const t = widgetLookWords.value
  const scene = useSignal<Scene>('begin')
  const theme = useSignal<Showing['theme']>('light')
  const speaks = useSignal<Locale>(locale.value)
  const look = lookOf(config, speaks.value)
  const session = account.value
  const organisation = session?.organisation
  const showing: Showing = {
    scene: scene.value,
    theme: theme.value,
    look,
    ask: askedOf(config),
    takes: config.widget.outsideHours === 'closed' ? 'nothing' : 'message',
    organisation: organisation?.name ?? '',
  }
  useShown(showing)
  const seg = <V extends string>(label: string, all: readonly V[], chosen: { value: V }, words: Record<V, string>) => (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a part of the form; this changes nothing that is saved.
    <div class="seg" role="group" aria-label={label}>
      {all.map((one) => (
        <button key={one} type="button" aria-pressed={chosen.value === one} onClick={() => (chosen.value = one)}>
          {words[one]}
        </button>
      ))}
    </div>
  )
  return (
    <section class="preview" aria-label={t.preview} data-testid="preview">
      <div class="row">
        {seg(t.scene, scenes, scene, t.scenes)}
        {seg(t.theme, ['light', 'dark'] as const, theme, t.themes)}
        {seg(t.language, locales, speaks, t.languages)}
      </div>
      <Stage key={speaks.value} showing={showing} config={config} speaks={speaks.value} org={organisation?.id ?? ''} />
    </section>
  )
}

/** Hands the frame what it shows, and each change of it. */
function useShown(showing: Showing): void {
  const now = useRef(showing)
  now.current = showing
  const listeners = useMemo(() => new Set<() => void>(), [])
  useMemo(() => {
    window.parleyPreview = {
      now: () => now.current,
      watch(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
  }, [])
  const told = JSON.stringify(showing)
  useEffect(() => {
    for (const listener of listeners) listener()
  }, [told])
  useEffect(() => () => void delete window.parleyPreview, [])
}

interface StageProps {
  readonly showing: Showing
  readonly config: Config
  readonly speaks: Locale
  readonly org: string
}

function Stage({ showing: { look, theme }, config: { widget }, speaks, org }: StageProps) {
  const t = widgetLookWords.value
  const host = useRef<HTMLDivElement>(null)
  const query = new URLSearchParams({ organisation: org, locale: speaks, page: location.origin, preview: '1' })
  useEffect(() => {
    if (host.current !== null) build(host.current, `/widget/?${query}`, t.preview)
  }, [])
  const drawn = JSON.stringify([look, theme, widget])
  useEffect(() => {
    const root = host.current?.shadowRoot
    if (host.current === null || !root) return
    const { style } = host.current
    const set = (name: string, value: string | undefined) =>
      value === undefined ? style.removeProperty(name) : style.setProperty(name, value)
    const { side } = widget.offset
    set('--sides', `${2 * side}px`)
    set('--left', widget.position === 'left' ? `${side}px` : 'auto')
    set('--right', widget.position === 'left' ? 'auto' : `${side}px`)
    set('--bottom', `${widget.offset.bottom}px`)
    set('--brand', look.light?.brand)
    set('--on', look.light?.on)
    set('--brand-dark', look.dark?.brand)
    set('--on-dark', look.dark?.on)
    set('--theme', theme)
    const button = root.querySelector('button')
    if (button) button.hidden = widget.launcher === 'none'
  }, [drawn])
  return (
    <div class="stage" data-theme={theme} inert aria-hidden="true">
      <div ref={host} />
    </div>
  )
}

/** A shadow of its own, as on any page. */
function build(host: HTMLElement, address: string, title: string): void {
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`${css}\n${stageCss}`)
  root.adoptedStyleSheets = [sheet]
  const button = document.createElement('button')
  button.title = title
  const frame = document.createElement('iframe')
  frame.src = address
  frame.title = title
  frame.tabIndex = -1
  root.append(button, frame)
}
