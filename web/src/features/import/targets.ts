import type { Field, ObjectModel } from '../../api/model'
import { isEditable } from '../../fields'

export interface TargetOption {
  value: string
  label: string
}

const parts = ['street', 'postal_code', 'city', 'region', 'country']
const aside = ['rows', 'reverse', 'counts', 'file', 'expression']

/** What a column may become: the fields one may write, addresses by their parts. */
export function targetOptions(object: ObjectModel, partLabel: (part: string) => string): TargetOption[] {
  const usable = object.fields.filter((field) => isEditable(field) && !aside.includes(field.type))
  return usable.flatMap((field) =>
    field.type === 'address'
      ? parts.map((part) => ({ value: `${field.name}.${part}`, label: `${field.label}: ${partLabel(part)}` }))
      : [{ value: field.name, label: field.label }],
  )
}

/** A target of the proposal that the list does not have, such as `company.domain`, is offered by its labels, or as it is written. */
export function withChosen(options: TargetOption[], chosen: string | undefined, label = chosen): TargetOption[] {
  return !chosen || options.some((option) => option.value === chosen)
    ? options
    : [{ value: chosen, label: label ?? chosen }, ...options]
}

/** Only values that must be found somewhere can be unknown. */
export function canBeUnknown(object: ObjectModel, to: string | undefined): boolean {
  const field: Field | undefined = object.fields.find((candidate) => candidate.name === to?.split('.')[0])
  return field !== undefined && ['link', 'links', 'user', 'choice', 'choices'].includes(field.type)
}
