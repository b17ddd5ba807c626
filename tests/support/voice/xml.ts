/** Reads the XML that we write, strictly: what it does not know is an error. */

export interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
  readonly text: string
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (text: string) =>
  text.replace(/&(\w*);?/g, (whole, name: string) => entities[name] ?? fail(`no entity: ${whole}`))

/** The root element of a document. Throws on what is not well-formed. */
export function readXml(document: string): Node {
  const tokens = /<\?[^>]*\?>|<\/(\w+)>|<(\w+)((?: \w+="[^"<]*")*)(\/?)>|([^<>]+)/gy
  const stack: { node: Node & { children: Node[]; text: string } }[] = [{ node: made('', '') }]
  while (tokens.lastIndex < document.length) {
    const token = tokens.exec(document) ?? fail(`not well-formed: ${document}`)
    const [, closes, opens, attributes = '', isEmpty, text] = token
    const top = stack.at(-1)?.node ?? fail('closed too often')
    if (text !== undefined) top.text += plain(text)
    if (closes !== undefined && stack.pop()?.node.name !== closes) fail(`closes another: ${closes}`)
    if (opens === undefined) continue
    const node = made(opens, attributes)
    top.children.push(node)
    if (isEmpty === '') stack.push({ node })
  }
  if (stack.length !== 1) fail('not closed')
  return stack[0]?.node.children[0] ?? fail('empty')
}

function made(name: string, attributes: string) {
  const pairs = [...attributes.matchAll(/ (\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)])
  return { name, attributes: Object.fromEntries(pairs), children: [] as Node[], text: '' }
}

function fail(why: string): never {
  throw new Error(why)
}

/** The element and all within it, outside first. */
export const everything = (node: Node): Node[] => [node, ...node.children.flatMap(everything)]
