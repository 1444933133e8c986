import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { shortListQuery } from '../../api/queries'
import type { RecordPart } from '../../objects/Parts'
import css from './activity.module.css'
import { ActivityCard } from './ActivityCard'
import { aboutFilter, useActivity } from './useActivity'

/** What was pinned stays on top of the timeline. */
export function PinnedNotes({ record }: RecordPart) {
  const { t } = useLingui()
  const { object } = useActivity()
  const query = useQuery(
    shortListQuery(
      'activity',
      object?.path ?? '',
      { filter: `${aboutFilter(record.id)} && pinned`, sort: '-created_at', expand: 'owner,about', limit: 20 },
      Boolean(object?.access.read),
    ),
  )
  const notes = query.data?.items ?? []
  if (notes.length === 0) return null
  return (
    <section aria-label={t`Pinned`}>
      <h2 className={css.pinnedTitle}>{t`Pinned`}</h2>
      <ul className={css.pinned}>
        {notes.map((note) => (
          <li key={note.id}>
            <ActivityCard activity={note} />
          </li>
        ))}
      </ul>
    </section>
  )
}
