import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { type Block, parseBlocks } from './blocks'
import type { Inline } from './inline'
import css from './markdown.module.css'

/** A text in Markdown as elements of ours; nothing of it is ever read as HTML. */
export function Markdown({ text }: { text: string }) {
  return <div className={css.text}>{parseBlocks(text).map((block, at) => key(at, <BlockView block={block} />))}</div>
}

const key = (at: number, node: ReactNode) => <Fragment key={at}>{node}</Fragment>

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'rule':
      return <hr className={css.rule} />
    case 'code':
      return (
        <pre className={css.code} tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      )
    case 'list': {
      const items = block.items.map((item, at) => (
        <li key={at} data-box={item.done !== undefined || undefined}>
          {item.done !== undefined && <span aria-hidden>{item.done ? '☑' : '☐'} </span>}
          <Line line={item.line} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    default: {
      const lines = block.lines.map((line, at) =>
        key(
          at,
          <>
            {at > 0 && <br />}
            <Line line={line} />
          </>,
        ),
      )
      if (block.kind === 'quote') return <blockquote className={css.quote}>{lines}</blockquote>
      return <p className={block.kind === 'heading' ? css.heading : undefined}>{lines}</p>
    }
  }
}

function Line({ line }: { line: Inline[] }) {
  return line.map((node, at) => key(at, <Word node={node} />))
}

function Word({ node }: { node: Inline }) {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'code':
      return <code className={css.inline}>{node.text}</code>
    case 'link':
      return node.href.startsWith('/') ? (
        <Link to={node.href as '/'}>
          <Line line={node.inside} />
        </Link>
      ) : (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          <Line line={node.inside} />
        </a>
      )
    default: {
      const Tag = node.kind
      return (
        <Tag>
          <Line line={node.inside} />
        </Tag>
      )
    }
  }
}
