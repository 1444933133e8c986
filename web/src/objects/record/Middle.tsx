import { Suspense } from 'react'
import { Loading } from '../../kit/Loading'
import { type RecordPart, useParts } from '../Parts'
import { later } from './file'
import { usePanels } from './usePanels'

const Timeline = later.part('Timeline', <Loading rows={8} />)

/** What one works on: what happened, or one of the panels of the object. */
export function Middle({ object, record, tab }: RecordPart & { tab: string }) {
  const { composer: Composer, pinned: Pinned } = useParts()
  const panel = usePanels(object).find(({ name }) => name === tab)
  if (panel) {
    return (
      <Suspense fallback={<Loading rows={6} />}>
        <panel.Panel object={object} record={record} />
      </Suspense>
    )
  }
  const timeline = <Timeline object={object} record={record} />
  return (
    <>
      {Composer && <Composer object={object} record={record} />}
      {Pinned ? <Pinned record={record}>{timeline}</Pinned> : timeline}
    </>
  )
}
