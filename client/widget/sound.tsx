/** A short tone for words that come while nobody looks, made here and nowhere fetched; and the switch for it, which is remembered. */
import { signal } from '@preact/signals'
import { extraWords } from '../i18n/chat-extras.ts'
import { recall, remember } from '../net/browser.ts'
import * as glyph from '../ui/glyph.tsx'
import { widgetIds as ids } from '../ui/testids.ts'

const KEY = 'parley.sound'
const isOn = signal(recall(KEY) !== 'off')

/** In s. */
const LENGTH = 0.35
let context: AudioContext | null = null

/** Browsers let nobody be heard whom nobody has touched: until then it is silent, and nothing waits to be heard late. */
export async function ring(): Promise<void> {
  if (!isOn.value || !navigator.userActivation.hasBeenActive) return
  context ??= new AudioContext()
  await context.resume()
  const { currentTime: now, destination } = context
  const volume = context.createGain()
  volume.gain.setValueAtTime(0.0001, now)
  volume.gain.exponentialRampToValueAtTime(0.12, now + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, now + LENGTH)
  const tone = context.createOscillator()
  tone.frequency.setValueAtTime(660, now)
  tone.frequency.setValueAtTime(880, now + LENGTH / 3)
  tone.connect(volume).connect(destination)
  tone.start(now)
  tone.stop(now + LENGTH)
}

export function SoundSwitch() {
  const label = extraWords.value.sound
  const change = () => {
    isOn.value = !isOn.value
    remember(KEY, isOn.value ? null : 'off')
    void ring()
  }
  return (
    <button
      type="button"
      class="btn icon"
      aria-pressed={isOn.value}
      aria-label={label}
      title={label}
      data-testid={ids.sound}
      onClick={change}
    >
      <glyph.Glyph path={isOn.value ? glyph.bell : glyph.bellOff} />
    </button>
  )
}
