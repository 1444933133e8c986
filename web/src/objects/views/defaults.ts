import type { Field, ObjectModel, View } from '../../api/model'

const aside = ['long_text', 'rows', 'reverse', 'expression', 'file']

/** An object that declares no view still has a list: its title and the fields that fit beside it. */
export function plainView(object: ObjectModel): View {
  const others = object.fields.filter(
    (field) => field.name !== object.title && !aside.includes(field.type) && field.filterable !== false,
  )
  return {
    name: 'all',
    label: object.label_plural,
    shape: 'table',
    columns: [object.title, ...others.slice(0, 6).map((field) => field.name)],
    sort: null,
  }
}

export function viewsOf(object: ObjectModel): View[] {
  return object.views.length > 0 ? object.views : [plainView(object)]
}

/** The field that a board of this object is grouped by, when it can have one. */
export function boardField(object: ObjectModel): Field | undefined {
  const named = object.views.find((view) => view.shape === 'board')?.group
  const groupable = (field: Field) =>
    field.groupable !== false && (field.type === 'link' || field.type === 'choice') && Boolean(field.track)
  return object.fields.find((field) => (named ? field.name === named : groupable(field)))
}

/** The columns of a view that exist for this user, title first. */
export function columnsOf(object: ObjectModel, names: string[]): Field[] {
  const known = new Map(object.fields.map((field) => [field.name, field]))
  const wanted = [object.title, ...names.filter((name) => name !== object.title)]
  return wanted.map((name) => known.get(name)).filter((field) => field !== undefined)
}
