import type { Field, FieldType } from '../api/model'
import { address } from './address'
import { boolean } from './boolean'
import { choice, choices } from './choice'
import { emails, phones } from './contacts'
import { date, instant } from './date'
import { file } from './file'
import { link, links, team, user } from './link'
import { counts, reverse, rows, texts } from './lists'
import { money } from './money'
import { number, percent } from './number'
import { rating } from './rating'
import { expression, longText, sequence, text } from './text'
import type { FieldUi } from './ui'
import { email, phone, url } from './web'

/** Every field type there is. A new one is one entry here and one file beside it. */
const kinds: Record<FieldType, FieldUi> = {
  text,
  long_text: longText,
  email,
  phone,
  url,
  integer: number,
  decimal: number,
  money,
  percent,
  boolean,
  date,
  instant,
  choice,
  choices,
  link,
  links,
  user,
  address,
  person_name: text,
  rating,
  sequence,
  file,
  texts,
  expression,
  emails,
  phones,
  rows,
  reverse,
  counts,
}

/** A type from a newer server is read-only text. */
const unknown: FieldUi = {
  ...text,
  editor: null,
  operators: [],
  text: ({ value }) => (value == null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)),
}

export function fieldUi(field: Field): FieldUi {
  return (field.type === 'link' && field.to === 'team' ? team : kinds[field.type]) ?? unknown
}

export function isEditable(field: Field): boolean {
  return Boolean(field.writable) && !field.computed && fieldUi(field).editor !== null
}
