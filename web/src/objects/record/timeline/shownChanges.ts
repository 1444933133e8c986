import type { ModelIndex } from '../../../api/ModelIndex'
import type { Change, TimelineItem } from '../../../api/timeline'

/**
 * Of an event the changes that somebody made. What was worked out from them goes without saying, and a step along a
 * tracked way, such as a stage, speaks for all that follows from it.
 */
export function shownChanges(model: ModelIndex, item: TimelineItem): Change[] {
  const changes = (item.changes ?? []).filter(
    (change) => JSON.stringify(change.before) !== JSON.stringify(change.after),
  )
  const made = changes.filter((change) => !model.field(item.object, change.field)?.computed)
  const step = made.find((change) => {
    const field = model.field(item.object, change.field)
    return field?.track && field.type === 'link'
  })
  if (step) return [step]
  return made.length > 0 ? made : changes
}
