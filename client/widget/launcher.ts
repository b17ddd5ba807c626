/** How the console's preview draws the button, and where the chat's frame stands; on pages that is page/launcher.css. */

export const css = `
:host { all: initial; }
button { position: fixed; bottom: var(--bottom, 20px); right: var(--side, 20px); width: 56px; height: 56px; border: 0; border-radius: 50%; background: var(--brand, oklch(0.5 0.19 272)); color: var(--on, #fff); display: grid; place-items: center; cursor: pointer; box-shadow: 0 8px 24px oklch(0.25 0.03 272 / 0.25); z-index: 2147483000; }
button:hover { filter: brightness(0.94); }
button:focus-visible { outline: 3px solid var(--brand, oklch(0.5 0.19 272)); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
svg { width: 26px; height: 26px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
b { color: #fff; position: absolute; top: -2px; right: -2px; min-width: 20px; height: 20px; padding: 0 5px; box-sizing: border-box; border-radius: 10px; background: oklch(0.545 0.2 25); font: 600 12px/20px system-ui, sans-serif; text-align: center; }
iframe { position: fixed; bottom: calc(var(--bottom, 20px) + 72px); right: var(--side, 20px); width: 384px; height: min(640px, calc(100dvh - var(--bottom, 20px) - 92px)); border: 0; border-radius: 16px; box-shadow: 0 24px 64px oklch(0.25 0.03 272 / 0.25); color-scheme: light dark; z-index: 2147483000; }
[hidden] { display: none !important; }
@media (max-width: 719px) { iframe, iframe.left { inset: 0; width: 100%; height: 100dvh; border-radius: 0; } .open { display: none; } }
.left { right: auto; left: var(--side, 20px); }
@media (prefers-color-scheme: dark) { button { background: var(--brand-dark, oklch(0.5 0.19 272)); color: var(--on-dark, #fff); } }
@media print { :host { display: none; } }`

export function drawing(): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute(
    'd',
    'M2.75 5A2.25 2.25 0 0 1 5 2.75h6A2.25 2.25 0 0 1 13.25 5v3.5A2.25 2.25 0 0 1 11 10.75H7.5l-2.75 2.5v-2.5A2.1 2.1 0 0 1 2.75 8.7z',
  )
  path.setAttribute('vector-effect', 'non-scaling-stroke')
  svg.append(path)
  return svg
}
