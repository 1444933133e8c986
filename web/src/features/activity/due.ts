import { t } from '@lingui/core/macro'
import type { RecordData } from '../../api/model'
import * as format from '../../kit/format'

/** "3 d overdue", "Today", "Tomorrow", or the day. */
export function dueWords(activity: RecordData): string {
  if (typeof activity.due_on !== 'string') return ''
  const days = format.daysFromToday(activity.due_on)
  const late = -days
  if (days < 0) return t`${late} d overdue`
  return days < 2 ? format.ahead(days) : format.dateLong(activity.due_on)
}
