import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useContext, useDeferredValue, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { recordQuery } from '../../api/queries'
import { Loading } from '../../kit/Loading'
import { Segmented } from '../../kit/Segmented'
import { useNarrow, usePhone } from '../../kit/useMedia'
import { useParts } from '../Parts'
import { titleOf } from '../list/TitleCell'
import { Details } from './Details'
import { later } from './file'
import { GroupContext } from './group/GroupContext'
import { GroupProvider } from './group/GroupProvider'
import { Highlights } from './Highlights'
import { Middle } from './Middle'
import css from './record.module.css'
import { readable } from './readable'
import { recordExpand } from './recordExpand'
import { RecordHeader } from './RecordHeader'
import { RecordProblem } from './RecordProblem'
import { Related } from './Related'
import { StagePath } from './StagePath'
import { usePanels } from './usePanels'

const DropFiles = later.part('DropFiles')
const GroupSwitch = lazy(() => import('./group/GroupSwitch').then((module) => ({ default: module.GroupSwitch })))

/** The switch for what hangs below, where something does. */
function Group() {
  const { group } = useContext(GroupContext)
  return (
    group && (
      <Suspense>
        <GroupSwitch />
      </Suspense>
    )
  )
}

/** One record: who it is on top, then details, what happened, and what belongs to it. */
export function RecordPage({ object, id }: { object: ObjectModel; id: string }) {
  const { t } = useLingui()
  const narrow = useNarrow()
  const phone = usePhone()
  const [tab, setTab] = useState('timeline')
  const { banner: Banner } = useParts().of(object.name)
  const panels = usePanels(object)
  const query = useQuery(recordQuery(object.name, object.path, id, recordExpand(object)))
  const record = readable(query)
  // A page that has just come is drawn in small pieces, so that a slow phone answers a touch between them.
  const isBegun = useDeferredValue(!query.isPending)
  if (query.isPending || !isBegun) return <Loading rows={14} />
  if (!record) return <RecordProblem object={object} id={id} error={query.error} onRetry={() => void query.refetch()} />

  const shows = (pane: string) => {
    if (!narrow) return true
    if (pane === 'details') return !phone || tab === pane
    const open = tab === 'related' || (phone && tab === 'details') ? tab : 'middle'
    return open === pane
  }
  const middle = [
    { value: 'timeline', label: t`Timeline` },
    ...panels.map(({ name, label }) => ({ value: name, label })),
  ]
  const tabs = [
    ...middle,
    ...(narrow && phone ? [{ value: 'details', label: t`Details` }] : []),
    ...(narrow ? [{ value: 'related', label: t`Related` }] : []),
  ]
  const choice = tabs.length > 1 && (
    <div className={css.tabs} data-inside={!narrow}>
      <Segmented label={t`Parts of this page`} value={tab} onChange={setTab} choices={tabs} />
    </div>
  )
  return (
    <GroupProvider object={object} record={record}>
      <div className={css.page}>
        <RecordHeader object={object} record={record} />
        <Highlights object={object} record={record} />
        <StagePath object={object} record={record} />
        {Banner && <Banner object={object} record={record} />}
        <Group />
        {narrow && choice}
        <DropFiles object={object} record={record} title={titleOf(object, record)} />
        <div className={css.panes}>
          {shows('details') && (
            <section className={css.details} aria-label={t`Details`} tabIndex={0}>
              <Details object={object} record={record} />
            </section>
          )}
          {shows('middle') && (
            <section
              className={css.middle}
              aria-label={middle.find(({ value }) => value === tab)?.label ?? t`Timeline`}
              tabIndex={0}
            >
              {!narrow && choice}
              <Middle object={object} record={record} tab={tab} />
            </section>
          )}
          {shows('related') && (
            <section className={css.related} aria-label={t`Related`} tabIndex={0}>
              <Related object={object} record={record} />
            </section>
          )}
        </div>
      </div>
    </GroupProvider>
  )
}
