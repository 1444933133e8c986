import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { useParts } from '../Parts'
import { RelatedList } from './RelatedList'

/** The next step first, then everything that belongs to the record. */
export function Related({ object, record }: { object: ObjectModel; record: RecordData }) {
  const model = useModel()
  const parts = useParts()
  const NextStep = parts.nextStep
  const Aside = parts.of(object.name).aside
  return (
    <>
      {NextStep && <NextStep object={object} record={record} />}
      {Aside && <Aside object={object} record={record} />}
      {(object.layout.related ?? []).map((related) => {
        const other = model.object(related.object)
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
    </>
  )
}
