/** The keyboard's part of the screen: listens, and shows the palette or the sheet of keys. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useGlobalCommands } from './global.ts'
import { Help } from './help.tsx'
import { listenToKeys } from './keyboard.ts'
import { Palette } from './palette.tsx'
import { useCommand } from './use-command.ts'
import './keys.css'

const shown = signal<'nothing' | 'palette' | 'help'>('nothing')
const hide = () => {
  shown.value = 'nothing'
}

export const showPalette = (): void => {
  shown.value = 'palette'
}

export function Keys() {
  useEffect(listenToKeys, [])
  useGlobalCommands()
  useCommand('palette', showPalette)
  useCommand('help', () => {
    shown.value = 'help'
  })
  if (shown.value === 'palette') return <Palette onClose={hide} />
  if (shown.value === 'help') return <Help onClose={hide} />
  return null
}
