import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import type { Chip } from './expression'

/** A stretch of time relative to today, and how it is written. `p` stands for the field. A moment is held against the beginning of a day: to the end of one is before the next. */
interface Period {
  label: MessageDescriptor
  date: string
}

/** From the first day of the month to the first of the next, whatever day it is. */
const span = (unit: string, longest: number) =>
  `(p >= start_of("${unit}", today()) && p < start_of("${unit}", start_of("${unit}", today()) + days(${longest})))`

const all: Record<string, Period> = {
  today: { label: msg`today`, date: 'p == today()' },
  tomorrow: { label: msg`tomorrow`, date: 'p == today() + days(1)' },
  yesterday: { label: msg`yesterday`, date: 'p == today() - days(1)' },
  past: { label: msg`before today`, date: 'p < today()' },
  next_7: { label: msg`in the next 7 days`, date: '(p >= today() && p < today() + days(8))' },
  next_30: { label: msg`in the next 30 days`, date: '(p >= today() && p < today() + days(31))' },
  last_7: { label: msg`in the last 7 days`, date: '(p >= today() - days(7) && p < today() + days(1))' },
  last_30: { label: msg`in the last 30 days`, date: '(p >= today() - days(30) && p < today() + days(1))' },
  last_90: { label: msg`in the last 90 days`, date: '(p >= today() - days(90) && p < today() + days(1))' },
  this_month: { label: msg`this month`, date: span('month', 31) },
  this_quarter: { label: msg`this quarter`, date: span('quarter', 92) },
  this_year: { label: msg`this year`, date: span('year', 366) },
  older_30: { label: msg`more than 30 days ago`, date: 'p < today() - days(30)' },
  older_60: { label: msg`more than 60 days ago`, date: 'p < today() - days(60)' },
  older_90: { label: msg`more than 90 days ago`, date: 'p < today() - days(90)' },
}

const flat = (text: string) => text.replace(/\s+/g, ' ').replace(/^\((.*)\)$/, '$1')
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A pattern that finds the field wherever the period names it. */
function pattern(template: string): RegExp {
  let first = true
  const body = escape(flat(template)).replace(/\bp\b/g, () => {
    const part = first ? '([a-z_][a-z0-9_.]*)' : '\\1'
    first = false
    return part
  })
  return new RegExp(`^${body}$`)
}

const patterns = Object.entries(all).map(([name, period]) => ({ name, pattern: pattern(period.date) }))

export const periods = {
  names: Object.keys(all),
  label: (name: string): MessageDescriptor | undefined => all[name]?.label,
  write(path: string, name: string): string {
    return (all[name]?.date ?? 'p == today()').replace(/\bp\b/g, path)
  },
  read(text: string): Chip | null {
    const plain = flat(text)
    for (const { name, pattern: known } of patterns) {
      const match = known.exec(plain)
      if (match) return { path: match[1] ?? '', op: 'period', values: [name] }
    }
    return null
  },
}
