/** What somebody wrote, with its light Markdown drawn: bold, italic, code, links and lists. Stands in a block, not in a `<p>`. */
import type { ComponentChildren } from 'preact'
import { type Block, type Inline, parseMarkdown } from '../../core/text/markdown.ts'
import './formatted.css'

export function Formatted({ text }: { text: string }) {
  return <>{parseMarkdown(text).map(drawBlock)}</>
}

function drawBlock(block: Block): ComponentChildren {
  switch (block.type) {
    case 'text':
      return <p>{block.content.map(drawInline)}</p>
    case 'code':
      return <pre>{block.text}</pre>
    case 'list': {
      const items = block.items.map((item) => <li>{item.map(drawInline)}</li>)
      return block.first === null ? <ul>{items}</ul> : <ol start={block.first}>{items}</ol>
    }
  }
}

function drawInline(piece: Inline): ComponentChildren {
  switch (piece.type) {
    case 'text':
      return piece.text
    case 'code':
      return <code>{piece.text}</code>
    case 'bold':
      return <strong>{piece.content.map(drawInline)}</strong>
    case 'italic':
      return <em>{piece.content.map(drawInline)}</em>
    case 'link':
      return (
        <a
          href={piece.to}
          title={piece.to}
          target="_blank"
          rel="noopener noreferrer nofollow"
          referrerpolicy="no-referrer"
        >
          {piece.text}
        </a>
      )
  }
}
