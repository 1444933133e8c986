import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { useParts } from '../Parts'

/** Related objects that are worked on in the middle of the page, as far as one may read them. */
export function usePanels(object: ObjectModel) {
  const model = useModel()
  const panels = useParts().of(object.name).panels ?? {}
  return (object.layout.related ?? []).flatMap((related) => {
    const Panel = panels[related.object]
    return Panel && model.object(related.object)?.access.read
      ? [{ name: related.object, label: related.label, Panel }]
      : []
  })
}
