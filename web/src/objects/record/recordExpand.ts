import { isLinkType, type ObjectModel } from '../../api/model'

/** Every link the page may name. */
export function recordExpand(object: ObjectModel): string {
  const names = object.fields.filter((field) => isLinkType(field)).map((field) => field.name)
  return names.join(',')
}
