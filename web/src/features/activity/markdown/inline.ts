/** What stands in a line of Markdown. HTML is text like any other. */
export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong' | 'em' | 'del'; inside: Inline[] }
  | { kind: 'link'; href: string; inside: Inline[] }

const marks = [
  { mark: '**', kind: 'strong' },
  { mark: '__', kind: 'strong' },
  { mark: '~~', kind: 'del' },
  { mark: '*', kind: 'em' },
  { mark: '_', kind: 'em' },
] as const

const bare = /^(?:https?:\/\/|mailto:|tel:)[^\s<>"'）」』]+/i
const named = /^\[([^\]\n]{1,500})\]\(([^()\s]{1,2000}(?:\([^()\s]*\)[^()\s]*)?)\)/
const deepest = 4

/** Where a link may lead: the web, mail, a phone, or a page of ours. Anything else stays text. */
export function safeHref(href: string): string | null {
  if (/^\/(?![/\\])/.test(href)) return href
  try {
    const { protocol } = new URL(href)
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol) ? href : null
  } catch {
    return null
  }
}

export function parseInline(text: string, depth = 0): Inline[] {
  const out: Inline[] = []
  let plain = ''
  const put = (node: Inline) => {
    if (plain) out.push({ kind: 'text', text: plain })
    plain = ''
    out.push(node)
  }
  let at = 0
  while (at < text.length) {
    const found = nodeAt(text, at, depth)
    if (found) {
      put(found.node)
      at += found.length
    } else {
      if (text[at] === '\\' && /[\\`*_~[\]()#>@-]/.test(text[at + 1] ?? '')) at += 1
      plain += text[at] ?? ''
      at += 1
    }
  }
  if (plain) out.push({ kind: 'text', text: plain })
  return out
}

interface Found {
  node: Inline
  length: number
}

function nodeAt(text: string, at: number, depth: number): Found | null {
  const char = text[at] ?? ''
  if (char === '`') return codeAt(text, at)
  if (depth >= deepest) return null
  if (char === '[') return linkAt(text.slice(at, at + 2600), depth)
  if (/[hmt]/i.test(char) && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return bareAt(text.slice(at, at + 2000))
  for (const { mark, kind } of marks) {
    if (!text.startsWith(mark, at) || /\s/.test(text[at + mark.length] ?? ' ')) continue
    if (mark.includes('_') && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) continue
    const end = text.indexOf(mark, at + mark.length + 1)
    if (end < 0 || /\s/.test(text[end - 1] ?? ' ')) continue
    const inside = text.slice(at + mark.length, end)
    return { node: { kind, inside: parseInline(inside, depth + 1) }, length: end + mark.length - at }
  }
  return null
}

function codeAt(text: string, at: number): Found | null {
  const end = text.indexOf('`', at + 1)
  return end > at + 1 ? { node: { kind: 'code', text: text.slice(at + 1, end) }, length: end + 1 - at } : null
}

function linkAt(text: string, depth: number): Found | null {
  const match = named.exec(text)
  const href = match?.[2] ? safeHref(match[2]) : null
  if (!match?.[1] || !href) return null
  return { node: { kind: 'link', href, inside: parseInline(match[1], depth + 1) }, length: match[0].length }
}

/** An address in the text; the full stop behind it belongs to the sentence. */
function bareAt(text: string): Found | null {
  const match = bare.exec(text)?.[0].replace(/[.,;:!?)\]}，。；：！？、]+$/u, '')
  const href = match ? safeHref(match) : null
  return match && href
    ? { node: { kind: 'link', href, inside: [{ kind: 'text', text: match }] }, length: match.length }
    : null
}
