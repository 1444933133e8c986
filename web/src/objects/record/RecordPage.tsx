import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { recordQuery } from '../../api/queries'
import { Loading } from '../../kit/Loading'
import { Segmented } from '../../kit/Segmented'
import { useNarrow, usePhone } from '../../kit/useMedia'
import { useParts } from '../Parts'
import { Details } from './Details'
import { Highlights } from './Highlights'
import css from './record.module.css'
import { recordExpand } from './recordExpand'
import { RecordHeader } from './RecordHeader'
import { RecordProblem } from './RecordProblem'
import { Related } from './Related'
import { StagePath } from './StagePath'
import { Timeline } from './timeline/Timeline'

/** One record: who it is on top, then details, what happened, and what belongs to it. */
export function RecordPage({ object, id }: { object: ObjectModel; id: string }) {
  const { t } = useLingui()
  const narrow = useNarrow()
  const phone = usePhone()
  const [tab, setTab] = useState('timeline')
  const { composer: Composer } = useParts()
  const query = useQuery(recordQuery(object.name, object.path, id, recordExpand(object)))
  const record = query.data
  if (query.isPending) return <Loading rows={14} />
  if (!record) return <RecordProblem object={object} error={query.error} onRetry={() => void query.refetch()} />

  const shows = (pane: string) => {
    if (phone) return tab === pane
    if (!narrow || pane === 'details') return true
    return (tab === 'related') === (pane === 'related')
  }
  const tabs = [
    { value: 'timeline', label: t`Timeline` },
    ...(phone ? [{ value: 'details', label: t`Details` }] : []),
    { value: 'related', label: t`Related` },
  ]
  return (
    <div className={css.page}>
      <RecordHeader object={object} record={record} />
      <Highlights object={object} record={record} />
      <StagePath object={object} record={record} />
      {narrow && (
        <div className={css.tabs}>
          <Segmented label={t`Parts of this page`} value={tab} onChange={setTab} choices={tabs} />
        </div>
      )}
      <div className={css.panes}>
        {shows('details') && (
          <section className={css.details} aria-label={t`Details`} tabIndex={0}>
            <Details object={object} record={record} />
          </section>
        )}
        {shows('timeline') && (
          <section className={css.middle} aria-label={t`Timeline`} tabIndex={0}>
            {Composer && <Composer object={object} record={record} />}
            <Timeline object={object} record={record} />
          </section>
        )}
        {shows('related') && (
          <section className={css.related} aria-label={t`Related`} tabIndex={0}>
            <Related object={object} record={record} />
          </section>
        )}
      </div>
    </div>
  )
}
