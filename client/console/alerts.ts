/** The browser's ways to call somebody who looks elsewhere: a sound, and a notification on the desktop. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Piece } from './news.ts'

const state = signal<NotificationPermission | 'missing'>(
  typeof Notification === 'undefined' ? 'missing' : Notification.permission,
)
/** Whether the browser lets us notify; `missing`: it cannot. */
export const permission: ReadonlySignal<NotificationPermission | 'missing'> = state

export async function askPermission(): Promise<boolean> {
  if (typeof Notification === 'undefined') return false
  state.value = await Notification.requestPermission()
  return state.value === 'granted'
}

/** Leads to the window when it is pressed. One of the same tag takes the place of the one before, in all tabs. */
export function notify(title: string, body: string, tag: string, pressed: () => void): void {
  if (permission.peek() !== 'granted') return
  try {
    const note = new Notification(title, { body, tag })
    note.onclick = () => {
      window.focus()
      note.close()
      pressed()
    }
  } catch {
    // Some phones let only a service worker notify.
  }
}

/** How long another tab is silent after one has sounded, in ms. */
const QUIET = 1_000
let audio: AudioContext | null = null

/** Two notes up for what rings, one for words. One tab sounds for all. */
export function sound(kind: Piece['kind']): void {
  const play = () => tones(kind === 'offer' ? [660, 880] : [740])
  if (navigator.locks === undefined) return play()
  void navigator.locks.request('parley.sound', { ifAvailable: true }, async (lock) => {
    if (lock === null) return
    play()
    await new Promise((resolve) => setTimeout(resolve, QUIET))
  })
}

function tones(pitches: readonly number[]): void {
  try {
    audio ??= new AudioContext()
    // Browsers keep a page silent that nobody has touched yet.
    void audio.resume()
    for (const [n, pitch] of pitches.entries()) tone(audio, pitch, audio.currentTime + n * 0.16)
  } catch {
    // No device for sound.
  }
}

function tone(context: AudioContext, pitch: number, at: number): void {
  const note = new OscillatorNode(context, { frequency: pitch, type: 'sine' })
  const loud = new GainNode(context, { gain: 0 })
  loud.gain.setValueAtTime(0, at)
  loud.gain.linearRampToValueAtTime(0.15, at + 0.02)
  loud.gain.exponentialRampToValueAtTime(0.001, at + 0.15)
  note.connect(loud).connect(context.destination)
  note.start(at)
  note.stop(at + 0.16)
}
