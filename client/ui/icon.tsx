/** Icons as paths in a box of 16, one constant each, so that a page carries only those it draws. */

export const icons = {
  chat: 'M2.75 5A2.25 2.25 0 0 1 5 2.75h6A2.25 2.25 0 0 1 13.25 5v3.5A2.25 2.25 0 0 1 11 10.75H7.5l-2.75 2.5v-2.5A2.1 2.1 0 0 1 2.75 8.7z',
  check: 'm3 8.5 3.25 3.25L13 4.75',
  checks: 'm1.25 8.5 3 3L10.5 5M8 11.25l.25.25L14.75 5',
  clock: 'M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M8 4.75V8l2.25 1.5',
  x: 'm4 4 8 8M12 4l-8 8',
  send: 'M2.5 3.2 13.75 8 2.5 12.8 4 8zM4 8h4.5',
  lock: 'M4.75 7h6.5a1.5 1.5 0 0 1 1.5 1.5V12a1.5 1.5 0 0 1-1.5 1.5h-6.5A1.5 1.5 0 0 1 3.25 12V8.5A1.5 1.5 0 0 1 4.75 7zM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2',
  warn: 'M7.13 2.75a1 1 0 0 1 1.74 0l5.12 9a1 1 0 0 1-.87 1.5H2.88a1 1 0 0 1-.87-1.5zM8 6.25v3M8 11.25h.01',
  transfer: 'M2.5 5.25h10M9.75 2.5l2.75 2.75L9.75 8M13.5 11.25h-6M9 9l-2.25 2.25L9 13.5',
  offline:
    'M2 2.5 13.5 14M4 8.3a6 6 0 0 1 2.3-1.25M9.6 7A6 6 0 0 1 12 8.3M1.75 5.8A9.2 9.2 0 0 1 3.8 4.5M6.5 3.5a9.3 9.3 0 0 1 7.75 2.3M6.1 10.7a3 3 0 0 1 3.8 0M8 13.2h.01',
  back: 'M13 8H3.25M7.25 4l-4 4 4 4',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h6.75a4 4 0 0 1 0 8H6',
  user: 'M5.5 5.25a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M3 13.25c.3-2.5 2.2-4 5-4s4.7 1.5 5 4',
} as const

export function Icon({ name }: { name: keyof typeof icons }) {
  return (
    <svg class="i" viewBox="0 0 16 16" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  )
}
