import type { Field, Model, ObjectModel, Option } from './model'

/** Looked up often, so the maps are made once per model. */
export class ModelIndex {
  private readonly objects: Map<string, ObjectModel>
  private readonly paths: Map<string, ObjectModel>
  private readonly fields: Map<string, Map<string, Field>>

  constructor(readonly model: Model) {
    this.objects = new Map(model.objects.map((object) => [object.name, object]))
    this.paths = new Map(model.objects.map((object) => [object.path, object]))
    this.fields = new Map(
      model.objects.map((object) => [object.name, new Map(object.fields.map((field) => [field.name, field]))]),
    )
  }

  object(name: string | null | undefined): ObjectModel | undefined {
    return this.objects.get(name ?? '')
  }

  byPath(path: string): ObjectModel | undefined {
    return this.paths.get(path)
  }

  field(object: string, name: string): Field | undefined {
    return this.fields.get(object)?.get(name)
  }

  /** The field at the end of a path such as `company.country`, with the label of the whole path. */
  walk(object: string, path: string): { field: Field; label: string; object: string } | undefined {
    const [head = '', ...rest] = path.split('.')
    const field = this.field(object, head)
    if (!field) return undefined
    if (rest.length === 0) return { field, label: field.label, object }
    const next = field.to ?? (field.type === 'user' ? 'user' : undefined)
    const found = next ? this.walk(next, rest.join('.')) : undefined
    return found && { ...found, label: `${field.label} › ${found.label}` }
  }

  options(field: Field): Option[] {
    if (field.options?.length) return field.options
    return (field.list && this.model.lists[field.list]) || []
  }
}
