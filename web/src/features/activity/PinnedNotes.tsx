import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { RecordData } from '../../api/model'
import { Loading } from '../../kit/Loading'
import css from './activity.module.css'
import { ActivityCard } from './ActivityCard'
import { pinnedQuery } from './queries'
import { useActivity } from './useActivity'

/** What was pinned stands on top of the timeline, which is shown with it: nothing moves under the eye. */
export function PinnedNotes({ record, children }: { record: RecordData; children: ReactNode }) {
  const { t } = useLingui()
  const { object } = useActivity()
  const query = useQuery(pinnedQuery(object, record.id))
  const notes = query.data?.items ?? []
  return (
    <>
      {query.isLoading && <Loading rows={8} />}
      {notes.length > 0 && (
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
      )}
      <div hidden={query.isLoading}>{children}</div>
    </>
  )
}
