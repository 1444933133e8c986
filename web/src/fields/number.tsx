import type { Field } from '../api/model'
import * as format from '../kit/format'
import { forNumber } from './operators'
import type { FieldUi, Shown } from './ui'

const has = (value: unknown): value is number | string =>
  (typeof value === 'number' || typeof value === 'string') && value !== ''

/** A year is a number of four digits that nobody groups. */
const isYear = ({ min, max }: Field) =>
  typeof min === 'number' && min >= 1000 && typeof max === 'number' && max < 10_000

function figure(write: (value: number | string) => string): Pick<FieldUi, 'cell' | 'text'> {
  const words = ({ value, field }: Shown) => (!has(value) ? '' : isYear(field) ? String(value) : write(value))
  return { text: words, cell: (shown) => <span className="num">{words(shown)}</span> }
}

const base = { width: 110, end: true, editor: 'number', operators: forNumber } as const satisfies Partial<FieldUi>

export const number: FieldUi = { ...base, ...figure((value) => format.number(value)) }
export const percent: FieldUi = { ...base, ...figure((value) => format.percent(value)) }
