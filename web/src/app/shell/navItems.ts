import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ObjectModel } from '../../api/model'
import type { ModelIndex } from '../../api/ModelIndex'

export interface NavSection {
  name: string
  label: MessageDescriptor | string
  objects: ObjectModel[]
}

const labels: Record<string, MessageDescriptor> = {
  work: msg`Work`,
  records: msg`Records`,
  sales: msg`Sales`,
  engage: msg`Engage`,
  service: msg`Service`,
  measure: msg`Measure`,
  settings: msg`Settings`,
}

const order = ['work', 'records', 'sales', 'engage', 'service', 'measure']

/** The sections of the navigation, as the objects of the model name them. */
export function navSections(model: ModelIndex): NavSection[] {
  const sections = new Map<string, ObjectModel[]>()
  for (const object of model.model.objects) {
    if (!object.nav || object.nav === 'settings' || !object.access.read) continue
    sections.set(object.nav, [...(sections.get(object.nav) ?? []), object])
  }
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...sections]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([name, objects]) => ({ name, label: labels[name] ?? name.charAt(0).toUpperCase() + name.slice(1), objects }))
}

export function settingsObjects(model: ModelIndex): ObjectModel[] {
  return model.model.objects.filter((object) => object.nav === 'settings' && object.access.read)
}
