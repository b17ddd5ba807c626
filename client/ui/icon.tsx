/** All icons of the console by name, as paths in a box of 16. What the chat draws too stands in glyph.tsx. */
import * as glyph from './glyph.tsx'

export const icons = {
  chat: 'M2.75 5A2.25 2.25 0 0 1 5 2.75h6A2.25 2.25 0 0 1 13.25 5v3.5A2.25 2.25 0 0 1 11 10.75H7.5l-2.75 2.5v-2.5A2.1 2.1 0 0 1 2.75 8.7z',
  check: glyph.check,
  checks: glyph.checks,
  clock: glyph.clock,
  x: glyph.x,
  clip: glyph.clip,
  send: glyph.send,
  lock: 'M4.75 7h6.5a1.5 1.5 0 0 1 1.5 1.5V12a1.5 1.5 0 0 1-1.5 1.5h-6.5A1.5 1.5 0 0 1 3.25 12V8.5A1.5 1.5 0 0 1 4.75 7zM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2',
  warn: glyph.warn,
  transfer: 'M2.5 5.25h10M9.75 2.5l2.75 2.75L9.75 8M13.5 11.25h-6M9 9l-2.25 2.25L9 13.5',
  offline: glyph.offline,
  back: 'M13 8H3.25M7.25 4l-4 4 4 4',
  up: 'M8 13V3.5M4 7.25l4-4 4 4',
  down: 'M8 3v9.5M4 8.75l4 4 4-4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h6.75a4 4 0 0 1 0 8H6',
  inbox:
    'M2.25 9 4 3.9a1.25 1.25 0 0 1 1.2-.9h5.6a1.25 1.25 0 0 1 1.2.9L13.75 9v2.75A1.25 1.25 0 0 1 12.5 13h-9a1.25 1.25 0 0 1-1.25-1.25zM2.25 9h3l1 1.75h3.5l1-1.75h3',
  gear: 'M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M8.5 4.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M4.5 11.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0',
  right: 'm6.25 4 4 4-4 4',
  search: 'M2.75 7a4.25 4.25 0 1 0 8.5 0a4.25 4.25 0 1 0-8.5 0M10.25 10.25l3.25 3.25',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  users:
    'M3.75 5.25a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0-4.5 0M1.75 13c.25-2.4 1.75-3.75 4.25-3.75S10 10.6 10.25 13M10.5 3.2a2.25 2.25 0 0 1 0 4.1M12 9.6c1.3.5 2.05 1.7 2.25 3.4',
  branch: 'M3 13.25V2.75M3 8h3.5c2 0 2.5-4.25 5-4.25h1.75M6.5 8c2 0 2.5 4.25 5 4.25h1.75',
  chart: 'M2.5 13.5h11M4.25 13.5V8.75M8 13.5v-11M11.75 13.5V6',
  list: 'M5.75 4h7.5M5.75 8h7.5M5.75 12h7.5M2.75 4h.01M2.75 8h.01M2.75 12h.01',
  pulse: 'M1.75 8.5h2.75L6.5 3.25l3 9.5 2-4.25h2.75',
  wrench:
    'M13.25 4.5a3.5 3.5 0 0 1-4.7 4.35L4.9 12.5a1.4 1.4 0 0 1-2-2l3.65-3.65A3.5 3.5 0 0 1 10.9 2.15L8.9 4.2l.4 1.9 1.9.4z',
  route:
    'M3 12.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M10 3.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M6 12.5h4.25a2.25 2.25 0 0 0 0-4.5h-4.5a2.25 2.25 0 0 1 0-4.5H10',
  key: 'M2.5 10.75a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0-5.5 0M7.25 8.8l5.5-5.55M10.5 5.5l2 2',
  building:
    'M3.25 13.5v-10a1 1 0 0 1 1-1h5a1 1 0 0 1 1 1v10M10.25 6.5h1.5a1 1 0 0 1 1 1v6M2 13.5h12M5.75 5.25h2M5.75 8h2M5.75 10.75h2',
  user: 'M5.5 5.25a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M3 13.25c.3-2.5 2.2-4 5-4s4.7 1.5 5 4',
} as const

const turning: ReadonlySet<keyof typeof icons> = new Set(['back', 'right', 'transfer', 'undo', 'send'])

export function Icon({ name }: { name: keyof typeof icons }) {
  return <glyph.Glyph path={icons[name]} turns={turning.has(name)} />
}

/** Two bubbles, the farther one paler. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 5.5A3.5 3.5 0 0 1 6.5 2h6A3.5 3.5 0 0 1 16 5.5v3A3.5 3.5 0 0 1 12.5 12H7.6L4.3 14.7A.8.8 0 0 1 3 14.1z" />
      <path
        opacity=".55"
        d="M18.2 8.3A3.5 3.5 0 0 1 21 11.7v8.1a.8.8 0 0 1-1.3.6L16.9 18H11.5a3.5 3.5 0 0 1-3.4-2.7l.9-.8h3.7a5.8 5.8 0 0 0 5.5-5.8z"
      />
    </svg>
  )
}
