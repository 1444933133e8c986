import { t } from '@lingui/core/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { refresh, updateRecord } from '../../api/records'
import * as format from '../../kit/format'
import { showProblem } from '../../objects/problem'
import { useUndo } from '../../objects/useUndo'

/** My activities of some days, and moving one to another day: the server takes its hours along. */
export function useCalendar(days: string[]) {
  const client = useQueryClient()
  const tellDone = useUndo()
  const object = useModel().object('activity')
  const [from = format.today()] = days
  const until = format.addDays(days.at(-1) ?? from, 1)
  const query = useQuery(
    shortListQuery(
      'activity',
      object?.path ?? '',
      {
        filter: `owner == me() && status != "cancelled" && due_on >= "${from}" && due_on < "${until}"`,
        sort: 'due_on,due_at',
        limit: 500,
        expand: 'about',
      },
      Boolean(object?.access.read),
    ),
  )

  async function move(activity: RecordData, day: string): Promise<void> {
    if (!object?.access.update || activity.due_on === day) return
    const write = { object, id: activity.id, values: { due_on: day }, version: activity.version }
    try {
      const answer = await updateRecord(client, write)
      refresh(client, object.name, activity.id)
      const said = t`Moved to ${format.dateLong(day)}`
      tellDone(said, [answer.correlation], said)
    } catch (error) {
      showProblem(error)
    }
  }

  return { object, query, items: query.data?.items ?? [], move }
}

/** When an activity begins, if an hour matters. */
export const beginsAt = (item: RecordData): string | null =>
  typeof item.starts_at === 'string' && item.all_day !== true
    ? item.starts_at
    : typeof item.due_at === 'string'
      ? item.due_at
      : null
