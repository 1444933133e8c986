import { type Inline, parseInline } from './inline'

export type Block =
  | { kind: 'paragraph' | 'heading' | 'quote'; lines: Inline[][] }
  | { kind: 'list'; ordered: boolean; items: { done?: boolean; line: Inline[] }[] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' }

const bullet = /^\s{0,6}(?:[-*+]|(\d{1,4})[.)])\s+(.*)$/
const box = /^\[([ xX])\]\s+(.*)$/

/** The blocks of a text in Markdown, as far as notes need it: no tables, no HTML, no pictures from elsewhere. */
export function parseBlocks(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const out: Block[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (/^\s*```/.test(line)) {
      const end = lines.findIndex((other, index) => index > at && /^\s*```\s*$/.test(other))
      const until = end < 0 ? lines.length : end
      out.push({ kind: 'code', text: lines.slice(at + 1, until).join('\n') })
      at = until
    } else addLine(out, line, lines[at - 1] ?? '')
  }
  return out
}

function addLine(out: Block[], line: string, before: string): void {
  const last = before.trim() === '' ? undefined : out.at(-1)
  if (line.trim() === '') return
  if (/^\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) return void out.push({ kind: 'rule' })
  const heading = /^\s{0,3}#{1,6}\s+(.+?)\s*#*$/.exec(line)
  if (heading?.[1]) return void out.push({ kind: 'heading', lines: [parseInline(heading[1])] })
  const item = bullet.exec(line)
  if (item) return addItem(out, item[1] !== undefined, item[2] ?? '')
  const quote = /^\s{0,3}>\s?(.*)$/.exec(line)
  const kind = quote ? 'quote' : 'paragraph'
  const words = parseInline(quote ? (quote[1] ?? '') : line.trim())
  if (last?.kind === kind) last.lines.push(words)
  else if (last?.kind === 'list' && /^\s{2,}/.test(line)) {
    last.items.at(-1)?.line.push({ kind: 'text', text: ' ' }, ...words)
  } else out.push({ kind, lines: [words] })
}

function addItem(out: Block[], ordered: boolean, text: string): void {
  const checked = box.exec(text)
  const item = { line: parseInline(checked?.[2] ?? text), ...(checked ? { done: checked[1] !== ' ' } : {}) }
  const last = out.at(-1)
  if (last?.kind === 'list' && last.ordered === ordered) last.items.push(item)
  else out.push({ kind: 'list', ordered, items: [item] })
}
