import * as format from '../kit/format'
import { forNumber } from './operators'
import type { FieldUi, Shown } from './ui'

export function isMoney(value: unknown): value is format.Money {
  return (
    typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value && value.amount !== null
  )
}

const words = ({ value }: Shown) => (isMoney(value) ? format.money(value) : '')

export const money: FieldUi = {
  width: 128,
  end: true,
  cell: (shown) => <span className="num strong">{words(shown)}</span>,
  text: words,
  editor: 'money',
  operators: forNumber,
}
