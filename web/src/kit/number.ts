/**
 * Numbers as people type them. Answers a plain decimal text ("1250.5"), so that nothing is lost to floating
 * point, or null when it is no number. The locale decides only where the text itself leaves a doubt.
 */

const scales: Record<string, number> = {
  k: 3,
  t: 3,
  m: 6,
  mln: 6,
  mio: 6,
  mn: 6,
  b: 9,
  mld: 9,
  bn: 9,
  mrd: 9,
  千: 3,
  万: 4,
  亿: 8,
}

export interface Separators {
  decimal: string
  group: string
}

export function separators(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.8)
  const find = (type: string) => parts.find((part) => part.type === type)?.value
  return { decimal: find('decimal') ?? '.', group: find('group') ?? ',' }
}

export function parseNumber(text: string, locale: string): string | null {
  const cleaned = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\p{Sc}\s'’_]/gu, '')
    .replace(/^[a-z]{3}(?=[\d.,+-])/, '')
    .replace(/%$/, '')
    .replace(/−/g, '-')
  const match = /^([+-]?)([\d.,]+)([a-z千万亿]*)$/u.exec(cleaned)
  if (!match) return null
  const [, sign = '', digits = '', suffix = ''] = match
  const shift = suffix === '' ? 0 : scales[suffix]
  if (shift === undefined) return null
  const plain = toPlain(digits, separators(locale))
  if (plain === null) return null
  const moved = shiftPoint(plain, shift)
  return sign === '-' && moved !== '0' ? `-${moved}` : moved
}

/** Decides which sign is the decimal point, then writes the digits with a dot. */
function toPlain(digits: string, { decimal }: Separators): string | null {
  const dots = count(digits, '.')
  const commas = count(digits, ',')
  let point: string | null = null
  if (dots && commas) point = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
  else if (dots + commas === 1) {
    const sign = dots ? '.' : ','
    const tail = digits.length - digits.indexOf(sign) - 1
    if (sign === decimal || tail !== 3 || digits.startsWith('0')) point = sign
  }
  if (point !== null && count(digits, point) > 1) return null
  const at = point === null ? digits.length : digits.indexOf(point)
  const whole = digits.slice(0, at).replace(/[.,]/g, '')
  const fraction = digits.slice(at + 1)
  if (/[.,]/.test(fraction) || (whole === '' && fraction === '')) return null
  return tidy(whole, fraction)
}

function count(text: string, char: string): number {
  return text.split(char).length - 1
}

function shiftPoint(plain: string, places: number): string {
  const [whole = '0', fraction = ''] = plain.split('.')
  const padded = fraction.padEnd(places, '0')
  return tidy(whole + padded.slice(0, places), padded.slice(places))
}

function tidy(whole: string, fraction: string): string {
  const left = whole.replace(/^0+(?=\d)/, '') || '0'
  const right = fraction.replace(/0+$/, '')
  return right ? `${left}.${right}` : left
}
