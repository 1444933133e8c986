import type { RecordData } from '../../api/model'
import { linked } from '../../fields/link'
import { isEmpty } from '../../fields/ui'
import { type AnyChip, isRaw, parseFilter } from '../filter/expression'

/**
 * Whether an action is offered on a record. Only the plain conditions of the filter language are weighed here; one
 * that is not understood counts as met, for the server decides anyway.
 */
export function holds(when: string | null | undefined, record: RecordData): boolean {
  return parseFilter(when).every((chip) => met(chip, record))
}

function met(chip: AnyChip, record: RecordData): boolean {
  if (isRaw(chip) || chip.path.includes('.')) return true
  const value = record[chip.path]
  const plain = String(linked(value)?.id ?? value ?? '')
  switch (chip.op) {
    case 'empty':
      return isEmpty(value)
    case 'not_empty':
      return !isEmpty(value)
    case 'is':
    case 'is_any':
      return chip.values.includes(plain)
    case 'is_not':
    case 'is_none':
      return !chip.values.includes(plain)
    case 'yes':
      return value === true
    case 'no':
      return value !== true
    default:
      return true
  }
}
