import type { Field, ObjectModel } from '../../api/model'
import type { ModelIndex } from '../../api/ModelIndex'

/**
 * Some groups belong to something larger that the record itself also points to: a stage to a pipeline. Then the
 * list offers to look at one of those at a time. Read from the model, so any object built like this has it.
 */
export interface Scope {
  field: Field
  object: ObjectModel
}

export function scopeOfGroup(model: ModelIndex, object: ObjectModel, name: string | null): Scope | undefined {
  const group = object.fields.find((field) => field.name === name)
  const grouped = group?.type === 'link' ? model.object(group.to) : undefined
  if (!grouped || !group) return undefined
  for (const outer of grouped.fields) {
    if (outer.type !== 'link' || !outer.required) continue
    const own = object.fields.find(
      (field) => field.name === outer.name && field.type === 'link' && field.to === outer.to,
    )
    const target = own && model.object(own.to)
    if (own && target) return { field: own, object: target }
  }
  return undefined
}
