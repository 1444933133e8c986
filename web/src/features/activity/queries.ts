import type { ObjectModel } from '../../api/model'
import { shortListQuery } from '../../api/queries'

const about = (id: string) => `${JSON.stringify(id)} in about`

/** Whether work on such records is planned, activity by activity. */
export const isPlanned = (object: ObjectModel) => object.fields.some((field) => field.name === 'next_activity_at')

/** The earliest open activity about a record. */
export const nextStepQuery = (activity: ObjectModel | undefined, object: ObjectModel, id: string) =>
  shortListQuery(
    'activity',
    activity?.path ?? '',
    { filter: `${about(id)} && status in ["open", "overdue"]`, sort: 'due_on', limit: 1, expand: 'owner' },
    Boolean(activity?.access.read) && isPlanned(object),
  )

export const pinnedQuery = (activity: ObjectModel | undefined, id: string) =>
  shortListQuery(
    'activity',
    activity?.path ?? '',
    { filter: `${about(id)} && pinned`, sort: '-created_at', expand: 'owner,about', limit: 20 },
    Boolean(activity?.access.read),
  )
