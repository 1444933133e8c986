import { useLingui } from '@lingui/react/macro'
import type { ObjectModel, RecordData } from '../../api/model'
import { useParts } from '../Parts'
import { FieldValue } from './FieldValue'
import css from './record.module.css'

/** The few values one looks for first, in one line under the title. */
export function Highlights({ object, record }: { object: ObjectModel; record: RecordData }) {
  const { t } = useLingui()
  const fields = (object.layout.highlights ?? [])
    .map((name) => object.fields.find((field) => field.name === name))
    .filter((field) => field !== undefined)
  const notes = useParts().of(object.name).fieldNotes
  if (fields.length === 0) return null
  return (
    <div className={css.highlights} role="group" aria-label={t`Highlights`} tabIndex={0}>
      <dl>
        {fields.map((field) => {
          const Note = notes?.[field.name]
          return (
            <div key={field.name}>
              <dt>{field.label}</dt>
              <dd>
                <FieldValue object={object} record={record} field={field} />
                {Note && <Note object={object} record={record} />}
              </dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}
