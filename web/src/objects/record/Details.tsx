import { Plural, useLingui } from '@lingui/react/macro'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { isEditable } from '../../fields'
import { Fold } from '../../kit/Fold'
import { FieldValue } from './FieldValue'
import css from './record.module.css'
import { useHeld } from './useHeld'

/** What has a place of its own on the page: the star. */
const apart = ['followers']

/** All other fields in their sections. Empty ones fold away; those that matter and are missing stand on top. */
export function Details({ object, record }: { object: ObjectModel; record: RecordData }) {
  const { isBare, hold } = useHeld(record)
  const { t } = useLingui()
  const known = new Map(object.fields.map((field) => [field.name, field]))
  const highlighted = new Set(object.layout.highlights ?? [])
  const sections = object.layout.sections?.length
    ? object.layout.sections
    : [{ label: t`Details`, fields: object.fields.map((field) => field.name) }]
  const missing = object.fields.filter(
    (field) => field.priority && isEditable(field) && isBare(field) && !highlighted.has(field.name),
  )
  const placed = new Set([...sections.flatMap((section) => section.fields), ...highlighted, object.title, ...apart])
  const further = object.fields.filter(
    (field) => isEditable(field) && !placed.has(field.name) && !field.alias_of && !missing.includes(field),
  )
  return (
    <>
      {missing.length > 0 && (
        <div className={css.missing}>
          <h2>{t`Still missing`}</h2>
          <FieldRows object={object} record={record} onEditing={hold} fields={missing} />
        </div>
      )}
      {sections.map((section) => {
        const fields = section.fields
          .map((name) => known.get(name))
          .filter((field): field is Field => field !== undefined && field.type !== 'reverse')
          .filter((field) => field.name !== object.title && !highlighted.has(field.name) && !missing.includes(field))
        const filled = fields.filter((field) => !isBare(field))
        const empty = fields.filter(isBare)
        if (fields.length === 0) return null
        return (
          <div key={section.label} className={css.section}>
            <h2>{section.label}</h2>
            <FieldRows object={object} record={record} onEditing={hold} fields={filled} />
            {empty.length > 0 && (
              <Fold label={<Plural value={empty.length} one="# empty field" other="# empty fields" />}>
                <FieldRows object={object} record={record} onEditing={hold} fields={empty} />
              </Fold>
            )}
          </div>
        )
      })}
      {further.length > 0 && (
        <div className={css.section}>
          <Fold label={<Plural value={further.length} one="# further field" other="# further fields" />}>
            <FieldRows object={object} record={record} onEditing={hold} fields={further} />
          </Fold>
        </div>
      )}
    </>
  )
}

interface RowsProps {
  object: ObjectModel
  record: RecordData
  fields: Field[]
  onEditing: (field: Field, on: boolean) => void
}

function FieldRows({ object, record, fields, onEditing }: RowsProps) {
  if (fields.length === 0) return null
  return (
    <dl className={css.rows}>
      {fields.map((field) => (
        <div key={field.name} className={css.field}>
          <dt title={field.help ?? undefined}>{field.label}</dt>
          <dd>
            <FieldValue object={object} record={record} field={field} onEditing={(on) => onEditing(field, on)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
