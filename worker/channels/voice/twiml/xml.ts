/** Writes XML: elements, attributes, text. Nothing else is needed of it. */

type Value = string | number | boolean | undefined

/** An element. Attributes that are undefined are left out; children are elements already written, or {@link text}. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>>,
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${text(`${value}`)}"`,
  )
  const start = `<${name}${written.join('')}`
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Characters that no XML 1.0 document may hold in any form. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be found
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu

/** Without what cannot be written. */
export const writable = (plain: string): string => plain.replace(impossible, '')

export const text = (plain: string): string => writable(plain).replace(/[&<>"']/g, (char) => entities[char] ?? char)
