import * as format from '../kit/format'
import { forDate } from './operators'
import type { FieldUi, Shown } from './ui'

const filled = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const date: FieldUi = {
  width: 116,
  cell: (shown) => <span className="num trunc">{dateText(shown)}</span>,
  text: dateText,
  editor: 'date',
  operators: forDate,
}

function dateText({ value }: Shown): string {
  return filled(value) ? format.date(value) : ''
}

export const instant: FieldUi = {
  width: 116,
  cell: (shown) => {
    if (!filled(shown.value)) return null
    const exact = format.instant(shown.value)
    return (
      <time className="num trunc soft" dateTime={shown.value} title={exact}>
        {shown.full ? exact : near(shown.value)}
      </time>
    )
  },
  text: ({ value }) => (filled(value) ? format.instant(value) : ''),
  editor: 'instant',
  operators: forDate,
}

/** The past as "3 weeks", the near future as "in 5 d", anything further as a date. */
function near(value: string): string {
  const days = format.daysFromToday(value)
  return days > 30 ? format.date(value) : format.ago(value)
}
