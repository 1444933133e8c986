import type { Field } from '../api/model'
import { linked, linkedList } from './link'
import { isEmpty } from './ui'

/** A value of the screen as the interface takes it: links become ids, empty texts become nothing. */
export function forWrite(field: Field, value: unknown): unknown {
  switch (field.type) {
    case 'link':
    case 'user':
    case 'file':
      return linked(value)?.id ?? null
    case 'links':
      return linkedList(value).map((item) => (field.to === 'any' ? { object: item.object, id: item.id } : item.id))
    case 'rows':
      return Array.isArray(value) ? value.map((row) => rowForWrite(field, row as Record<string, unknown>)) : []
    case 'choices':
    case 'texts':
    case 'emails':
    case 'phones':
      return Array.isArray(value) ? value : []
    default:
      return isEmpty(value) ? null : value
  }
}

function rowForWrite(field: Field, row: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const part of field.parts ?? []) if (part.name in row) out[part.name] = forWrite(part, row[part.name])
  return out
}

export function sameValue(a: unknown, b: unknown): boolean {
  if (isEmpty(a) && isEmpty(b)) return true
  const plain = (value: unknown) =>
    typeof value === 'object' && value && 'id' in value ? (value as { id: unknown }).id : value
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b))
}
