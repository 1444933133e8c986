import type { ModelIndex } from '../../../api/ModelIndex'
import type { TimelineItem } from '../../../api/timeline'
import { sameValue } from '../../../fields/write'
import { dayWord, isChange } from './group'
import { shownChanges } from './shownChanges'

/**
 * The timeline of a record without the changes of an activity that its card says anyhow: one under the same day word that
 * shows the fields as they were left.
 */
export function unsaid(items: TimelineItem[], model: ModelIndex, here: string, says: string[]): TimelineItem[] {
  const cards = new Map(items.flatMap((item) => (item.activity ? [[item.record, item] as const] : [])))
  return items.filter((item) => {
    const card = item.record !== here && isChange(item) ? cards.get(item.record) : undefined
    if (!card || dayWord(card.at) !== dayWord(item.at)) return true
    const isSaid = (field: string, value: unknown) => says.includes(field) && sameValue(card.activity?.[field], value)
    return !shownChanges(model, item).every((change) => isSaid(change.field, change.after))
  })
}
