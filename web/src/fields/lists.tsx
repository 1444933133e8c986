import { plural } from '@lingui/core/macro'
import { Pulse, pulseText } from '../kit/Pulse'
import { forList } from './operators'
import type { FieldUi, Shown } from './ui'

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Several short texts: domains, other names. */
export const texts: FieldUi = {
  width: 180,
  cell: (shown) => <span className="trunc">{strings(shown.value).join(', ')}</span>,
  text: ({ value }) => strings(value).join(', '),
  editor: 'texts',
  operators: forList,
}

const amount = ({ value }: Shown) =>
  Array.isArray(value) && value.length > 0 ? plural(value.length, { one: '# entry', other: '# entries' }) : ''

export const rows: FieldUi = {
  width: 110,
  cell: (shown) => <span className="num">{amount(shown)}</span>,
  text: amount,
  editor: 'rows',
  operators: ['empty', 'not_empty'],
}

export const reverse: FieldUi = { ...rows, editor: null }

const weeks = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : [])

export const counts: FieldUi = {
  width: 128,
  cell: ({ value, full }) => (Array.isArray(value) ? <Pulse weeks={weeks(value)} width={full ? 132 : 108} /> : null),
  text: ({ value }) => (Array.isArray(value) ? pulseText(weeks(value)) : ''),
  editor: null,
  operators: [],
}
