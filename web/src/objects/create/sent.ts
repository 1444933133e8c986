import type { ObjectModel } from '../../api/model'
import { isEmpty } from '../../fields/ui'
import { forWrite } from '../../fields/write'

/** What was typed, as the interface takes it; nothing of what is empty. */
export function sent(object: ObjectModel, values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const field = object.fields.find((candidate) => candidate.name === name)
    if (field && !isEmpty(value)) out[name] = forWrite(field, value)
  }
  return out
}
