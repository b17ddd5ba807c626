/** The style of the reference's page: readable on a phone, by day and by night. */

export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d5dae0; --paper: #fff; --tint: #f3f5f7; --link: #0b57d0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ed; --soft: #a3adb8; --line: #3a424b; --paper: #15181c; --tint: #20252b; --link: #8ab4f8 }
}
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0 auto; padding: 1rem; max-width: 56rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.25 }
h2 { font-size: 1.3rem; margin: 2.5rem 0 0; padding-bottom: .3rem; border-bottom: 1px solid var(--line) }
h3 { font-size: 1.05rem; margin: 0 0 .4rem }
h4 { font-size: .9rem; margin: .8rem 0 .2rem; color: var(--soft) }
p { margin: .4rem 0 }
a { color: var(--link) }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
code { font: .9em ui-monospace, monospace; background: var(--tint); padding: 0 .25em; border-radius: 3px }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1rem; padding: 0 }
nav a { display: inline-block; padding: .35rem 0 }
article { margin: 1rem 0; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: 8px }
article:target { border-color: var(--link) }
.method { font: 700 .85em ui-monospace, monospace }
.note { color: var(--soft) }
ul.fields, ul.variants { margin: .2rem 0; padding-left: 1rem; list-style: none; border-left: 2px solid var(--line) }
ul.fields li, ul.variants > li { margin: .25rem 0 }
ul.variants > li { padding: .1rem 0; border-top: 1px dotted var(--line) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .8rem; margin: .2rem 0 }
dt { font: 700 .9em/1.7 ui-monospace, monospace }
dd { margin: 0 }
`
