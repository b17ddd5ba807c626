/** Icons that the chat draws too, one constant each: a page carries only those that it names. Paths in a box of 16. */

export const check = 'm3 8.5 3.25 3.25L13 4.75'
export const checks = 'm1.25 8.5 3 3L10.5 5M8 11.25l.25.25L14.75 5'
export const clock = 'M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M8 4.75V8l2.25 1.5'
export const x = 'm4 4 8 8M12 4l-8 8'
export const clip =
  'm13 7.25-5.1 5.1a3.2 3.2 0 0 1-4.5-4.5l5.4-5.4a2.1 2.1 0 0 1 3 3l-5.3 5.3a1 1 0 0 1-1.5-1.5L9.7 4.6'
export const send = 'M2.5 3.2 13.75 8 2.5 12.8 4 8zM4 8h4.5'
export const save = 'M8 2.5v7.25M5 7l3 3 3-3M2.75 10.5v1.75A1.25 1.25 0 0 0 4 13.5h8a1.25 1.25 0 0 0 1.25-1.25V10.5'
export const warn = 'M7.13 2.75a1 1 0 0 1 1.74 0l5.12 9a1 1 0 0 1-.87 1.5H2.88a1 1 0 0 1-.87-1.5zM8 6.25v3M8 11.25h.01'
export const offline =
  'M2 2.5 13.5 14M4 8.3a6 6 0 0 1 2.3-1.25M9.6 7A6 6 0 0 1 12 8.3M1.75 5.8A9.2 9.2 0 0 1 3.8 4.5M6.5 3.5a9.3 9.3 0 0 1 7.75 2.3M6.1 10.7a3 3 0 0 1 3.8 0M8 13.2h.01'
export const bell = 'M4 11V7a4 4 0 0 1 8 0v4l1.25 1.25H2.75zM6.75 14.25h2.5'
export const bellOff =
  'M4 11V7a4 4 0 0 1 .5-1.9M6.5 3.3A4 4 0 0 1 12 7v2M10.5 12.25H2.75L4 11M6.75 14.25h2.5M2.5 2l11 12'
export const smile =
  'M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M5.5 9.5a3 3 0 0 0 5 0M6 6.25h.01M10 6.25h.01'

/** `turns`: it points along the line, so that it looks the other way where lines run from right to left. */
export function Glyph({ path, turns = false }: { path: string; turns?: boolean }) {
  return (
    <svg class={turns ? 'i turns' : 'i'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
