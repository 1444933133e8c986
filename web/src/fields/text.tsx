import { forText } from './operators'
import type { FieldUi, Shown } from './ui'

const words = ({ value }: Shown) => (value === null || value === undefined ? '' : String(value))

export const text: FieldUi = {
  width: 160,
  cell: (shown) => <span className={shown.full ? undefined : 'trunc'}>{words(shown)}</span>,
  text: words,
  editor: 'text',
  operators: forText,
}

export const longText: FieldUi = { ...text, width: 240, editor: 'longText', cell: LongText }

function LongText(shown: Shown) {
  return <span className={shown.full ? 'prose' : 'trunc'}>{words(shown)}</span>
}

export const sequence: FieldUi = {
  ...text,
  width: 90,
  editor: null,
  cell: (shown) => <span className="num trunc">{words(shown)}</span>,
}

export const expression: FieldUi = { ...text, editor: 'text', operators: ['empty', 'not_empty'] }
