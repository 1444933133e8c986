import type { OperatorName } from '../../fields/operators'
import { periods } from './periods'

/** One filter chip: "field operator values". What the builder cannot show stays an expression, to be edited as text. */
export interface Chip {
  path: string
  op: OperatorName
  values: string[]
}

export interface RawChip {
  raw: string
}

export type AnyChip = Chip | RawChip

export const isRaw = (chip: AnyChip): chip is RawChip => 'raw' in chip

const path = '([a-z_][a-z0-9_]*(?:\\.[a-z_][a-z0-9_]*)*)'
const quoted = '"((?:[^"\\\\]|\\\\.)*)"'
const literal = `(?:${quoted}|(-?\\d+(?:\\.\\d+)?))`
const list = '\\[([^\\]]*)\\]'

type Reading = [RegExp, (match: RegExpExecArray) => Chip | null]

const unquote = (text: string) => JSON.parse(`"${text}"`) as string
const value = (match: RegExpExecArray, at: number) =>
  match[at] === undefined ? (match[at + 1] ?? '') : unquote(match[at])

const comparisons: Record<string, OperatorName> = {
  '==': 'is',
  '!=': 'is_not',
  '>': 'more',
  '<': 'less',
  '>=': 'at_least',
  '<=': 'at_most',
}

const chip =
  (op: OperatorName, at = 1, values: (match: RegExpExecArray) => string[] = () => []) =>
  (match: RegExpExecArray) => ({
    path: match[at] ?? '',
    op,
    values: values(match),
  })

/** How each form of the builder is recognised. The first that fits wins. */
const readings: Reading[] = [
  [new RegExp(`^has\\(${path}\\)$`), chip('not_empty')],
  [new RegExp(`^!has\\(${path}\\)$`), chip('empty')],
  [new RegExp(`^size\\(${path}\\) == 0$`), chip('empty')],
  [new RegExp(`^size\\(${path}\\) > 0$`), chip('not_empty')],
  [new RegExp(`^${path} == me\\(\\)$`), chip('mine')],
  [new RegExp(`^${path} in my_teams\\(\\)$`), chip('my_teams')],
  [new RegExp(`^${path}(?: == true)?$`), readYes],
  [new RegExp(`^!${path}$`), chip('no')],
  [
    new RegExp(`^!\\(${path} == ${literal}\\)$`),
    (match) => ({ path: match[1] ?? '', op: 'is_not', values: [value(match, 2)] }),
  ],
  [new RegExp(`^${path}\\.contains\\(${quoted}\\)$`), chip('contains', 1, (match) => [value(match, 2)])],
  [new RegExp(`^!${path}\\.contains\\(${quoted}\\)$`), chip('not_contains', 1, (match) => [value(match, 2)])],
  [new RegExp(`^${path} in ${list}$`), (match) => listed(match, 'is_any')],
  [new RegExp(`^!\\(${path} in ${list}\\)$`), (match) => listed(match, 'is_none')],
  [new RegExp(`^${literal} in ${path}$`), chip('includes', 3, (match) => [value(match, 1)])],
  [
    new RegExp(`^${path} (==|!=|>=|<=|>|<) ${literal}$`),
    (match) => ({ path: match[1] ?? '', op: comparisons[match[2] ?? ''] ?? 'is', values: [value(match, 3)] }),
  ],
]

/** A name alone is a yes, unless it is the word true or false itself. */
function readYes(match: RegExpExecArray): Chip | null {
  const name = match[1] ?? ''
  return name === 'true' || name === 'false' ? null : { path: name, op: 'yes', values: [] }
}

function listed(match: RegExpExecArray, op: OperatorName): Chip | null {
  const items = [...(match[2] ?? '').matchAll(new RegExp(`${literal}\\s*(?:,|$)`, 'g'))]
  const rest = (match[2] ?? '').replace(new RegExp(`${literal}\\s*,?\\s*`, 'g'), '').trim()
  return rest
    ? null
    : { path: match[1] ?? '', op, values: items.map((item) => value(item as unknown as RegExpExecArray, 1)) }
}

/** Reads an expression as chips joined by "and". An "or" at the top makes the whole one raw chip. */
export function parseFilter(text: string | null | undefined): AnyChip[] {
  const whole = (text ?? '').trim()
  if (!whole) return []
  const parts = splitAnd(whole)
  return parts ? readParts(parts) : [{ raw: whole }]
}

/** A stretch of time may stand as two conditions in a row. */
function readParts(parts: string[]): AnyChip[] {
  const chips: AnyChip[] = []
  for (let at = 0; at < parts.length; at++) {
    const pair = parts[at + 1] === undefined ? null : periods.read(`${parts[at]} && ${parts[at + 1]}`)
    chips.push(pair ?? readAtom(parts[at] ?? ''))
    if (pair) at++
  }
  return chips
}

function readAtom(text: string): AnyChip {
  for (const inner of [text, ...(isWrapped(text) ? [text.slice(1, -1).trim()] : [])]) {
    const period = periods.read(inner)
    if (period) return period
    for (const [pattern, read] of readings) {
      const match = pattern.exec(inner)
      const found = match && read(match)
      if (found) return found
    }
    const any = includesAny(inner)
    if (any) return any
  }
  return { raw: text }
}

/** `("a" in tags || "b" in tags)`: any of several in one list. */
function includesAny(text: string): Chip | null {
  const parts = split(text, '||')
  if (!parts || parts.length < 2) return null
  const chips = parts.map((part) => new RegExp(`^${literal} in ${path}$`).exec(part.trim()))
  const first = chips[0]?.[3]
  if (!first || !chips.every((match) => match?.[3] === first)) return null
  return { path: first, op: 'includes', values: chips.map((match) => value(match as RegExpExecArray, 1)) }
}

/** True when the first bracket closes with the last one. */
function isWrapped(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')') depth--
    if (depth === 0 && at < text.length - 1) return false
  }
  return true
}

function splitAnd(text: string): string[] | null {
  const or = split(text, '||')
  if (!or || or.length > 1) return null
  return split(text, '&&')
}

/** Splits at a sign outside of quotes and brackets; null when they do not match up. */
function split(text: string, sign: string): string[] | null {
  const parts: string[] = []
  let depth = 0
  let inQuotes = false
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '\\' && inQuotes) at++
    else if (char === '"') inQuotes = !inQuotes
    else if (!inQuotes && (char === '(' || char === '[')) depth++
    else if (!inQuotes && (char === ')' || char === ']')) depth--
    else if (!inQuotes && depth === 0 && text.startsWith(sign, at)) {
      parts.push(text.slice(start, at).trim())
      start = at + sign.length
      at += sign.length - 1
    }
  }
  parts.push(text.slice(start).trim())
  return depth === 0 && !inQuotes ? parts : null
}

/** Joins conditions; each keeps its meaning whatever it contains. */
export function allOf(...parts: (string | null | undefined)[]): string {
  const filled = parts.map((part) => part?.trim()).filter((part): part is string => Boolean(part))
  if (filled.length === 1) return filled[0] ?? ''
  return filled.map((part) => ((split(part, '||')?.length ?? 2) > 1 ? `(${part})` : part)).join(' && ')
}
