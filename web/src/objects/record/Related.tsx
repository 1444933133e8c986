import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { useParts } from '../Parts'
import { later } from './file'
import { RelatedList } from './RelatedList'

const Files = later.part('Files')

/** The next step first, then everything that belongs to the record. */
export function Related({ object, record }: { object: ObjectModel; record: RecordData }) {
  const model = useModel()
  const parts = useParts()
  const NextStep = parts.nextStep
  const special = parts.of(object.name)
  const Aside = special.aside
  return (
    <>
      {NextStep && <NextStep object={object} record={record} />}
      {Aside && <Aside object={object} record={record} />}
      {(object.layout.related ?? []).map((related) => {
        const other = model.object(related.object)
        const Special = special.related?.[related.object]
        if (special.panels?.[related.object]) return null
        if (Special && other?.access.read)
          return <Special key={related.object} object={object} record={record} label={related.label} />
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
      <Files object={object} record={record} />
    </>
  )
}
