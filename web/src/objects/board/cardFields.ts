import type { Field, ObjectModel } from '../../api/model'

/** What a card shows where, sorted from the object's own card layout. */
export interface CardFields {
  subtitle: Field | undefined
  figure: Field | undefined
  person: Field | undefined
  when: Field | undefined
  others: Field[]
  links: string[]
}

export function cardFields(object: ObjectModel): CardFields {
  const wanted = (object.layout.card ?? []).filter((name) => name !== object.title)
  const fields = wanted
    .map((name) => object.fields.find((field) => field.name === name))
    .filter((field) => field !== undefined)
  const person = fields.find((field) => field.type === 'user')
  const figure = fields.find((field) => field.type === 'money')
  const when = fields.find((field) => field.type === 'instant' || field.type === 'date')
  const subtitle = fields.find((field) => field !== person && field !== figure && field !== when)
  const others = fields.filter((field) => ![person, figure, when, subtitle].includes(field))
  const links = fields
    .filter((field) => field.type === 'link' || field.type === 'user' || field.type === 'links')
    .map((field) => field.name)
  return { subtitle, figure, person, when, others, links }
}
