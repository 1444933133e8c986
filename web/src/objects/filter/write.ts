import type { Field, FieldType } from '../../api/model'
import type { OperatorName } from '../../fields/operators'
import { allOf, type AnyChip, isRaw } from './expression'
import { periods } from './periods'

const figures: FieldType[] = ['integer', 'decimal', 'money', 'percent', 'rating']
const lists: FieldType[] = ['choices', 'texts', 'links', 'emails', 'phones', 'rows', 'reverse', 'counts']

const signs: Partial<Record<OperatorName, string>> = {
  is: '==',
  on: '==',
  more: '>',
  less: '<',
  at_least: '>=',
  at_most: '<=',
  before: '<',
  after: '>',
}

export type FieldOf = (path: string) => Field | undefined

/** Writes the chips as one expression. A comparison with something absent is false, so "is not" negates "is". */
export function writeFilter(chips: AnyChip[], fieldOf: FieldOf): string {
  return allOf(...chips.map((chip) => writeChip(chip, fieldOf)))
}

export function writeChip(chip: AnyChip, fieldOf: FieldOf): string {
  if (isRaw(chip)) return chip.raw
  const { path, op, values } = chip
  const field = fieldOf(path)
  const items = values.map((value) => literal(value, field))
  const [first = '""'] = items
  const several = lists.includes(field?.type ?? 'text')
  switch (op) {
    case 'empty':
      return several ? `size(${path}) == 0` : `!has(${path})`
    case 'not_empty':
      return several ? `size(${path}) > 0` : `has(${path})`
    case 'mine':
      return `${path} == me()`
    case 'my_teams':
      return `${path} in my_teams()`
    case 'yes':
      return path
    case 'no':
      return `!${path}`
    case 'contains':
      return `${path}.contains(${first})`
    case 'not_contains':
      return `!${path}.contains(${first})`
    case 'is_any':
      return items.length === 1 ? `${path} == ${first}` : `${path} in [${items.join(', ')}]`
    case 'is_none':
      return `!(${path} in [${items.join(', ')}])`
    case 'is_not':
      return `!(${path} == ${first})`
    case 'includes':
      return items.length === 1 ? `${first} in ${path}` : `(${items.map((item) => `${item} in ${path}`).join(' || ')})`
    case 'period':
      return periods.write(path, values[0] ?? 'today')
    default:
      return `${path} ${signs[op] ?? '=='} ${first}`
  }
}

function literal(value: string, field: Field | undefined): string {
  if (field && figures.includes(field.type) && /^-?\d+(\.\d+)?$/.test(value)) return value
  return JSON.stringify(value)
}

const dated: Partial<Record<OperatorName, OperatorName>> = { is: 'on', less: 'before', more: 'after' }
const chosen: Partial<Record<OperatorName, OperatorName>> = { is: 'is_any', is_not: 'is_none' }

/** The same comparison has another name for a date or a choice: `<` is "before", `==` is "is any of". */
export function named(chip: AnyChip, field: Field | undefined): AnyChip {
  if (isRaw(chip) || !field) return chip
  const names =
    field.type === 'date' || field.type === 'instant'
      ? dated
      : field.type === 'choice' || field.type === 'link' || field.type === 'user'
        ? chosen
        : {}
  return { ...chip, op: names[chip.op] ?? chip.op }
}
