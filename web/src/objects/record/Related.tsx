import { lazy, Suspense } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { useParts } from '../Parts'
import { RelatedList } from './RelatedList'

const Files = lazy(() => import('./later').then((module) => ({ default: module.Files })))

/** The next step first, then everything that belongs to the record. */
export function Related({ object, record }: { object: ObjectModel; record: RecordData }) {
  const model = useModel()
  const parts = useParts()
  const NextStep = parts.nextStep
  const special = parts.of(object.name)
  const Aside = special.aside
  return (
    <>
      <Suspense>
        {NextStep && <NextStep object={object} record={record} />}
        {Aside && <Aside object={object} record={record} />}
      </Suspense>
      {(object.layout.related ?? []).map((related) => {
        const other = model.object(related.object)
        const Special = special.related?.[related.object]
        if (special.panels?.[related.object]) return null
        if (Special && other?.access.read)
          return (
            <Suspense key={related.object}>
              <Special object={object} record={record} label={related.label} />
            </Suspense>
          )
        return (
          other?.access.read && (
            <RelatedList
              key={`${related.object} ${related.field} ${related.label}`}
              related={related}
              object={object}
              other={other}
              record={record}
            />
          )
        )
      })}
      <Suspense>
        <Files object={object} record={record} />
      </Suspense>
    </>
  )
}
