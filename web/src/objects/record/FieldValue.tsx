import { useLingui } from '@lingui/react/macro'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi, isEditable } from '../../fields'
import { isEmpty } from '../../fields/ui'
import { InlineEditor } from '../edit/InlineEditor'
import { useSaveField } from '../edit/useSaveField'
import { useParts } from '../Parts'
import css from './record.module.css'

interface Refused {
  value: unknown
  fault: string
}

/** The value of one field, edited in place: double click, or Enter on its pencil. */
export function FieldValue({ object, record, field }: { object: ObjectModel; record: RecordData; field: Field }) {
  const { t } = useLingui()
  const model = useModel()
  const parts = useParts()
  const save = useSaveField(object)
  const [editing, setEditing] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const value = record[field.name]
  const editable = isEditable(field) && object.access.update

  async function commit(next: unknown, version: number): Promise<void> {
    setEditing(false)
    const fault = await save(record, field, next, version)
    setRefused(fault ? { value: next, fault } : null)
    if (fault) setEditing(true)
  }

  if (editing) {
    return (
      <InlineEditor
        object={object}
        record={record}
        field={field}
        start={refused}
        onCommit={(next, version) => void commit(next, version)}
        onCancel={() => {
          setEditing(false)
          setRefused(null)
        }}
      />
    )
  }
  if (record.hidden?.includes(field.name)) return <span className="dim">{t`No access`}</span>
  const empty = isEmpty(value)
  if (!editable)
    return empty ? (
      <span className="dim">—</span>
    ) : (
      <>{parts.cell?.(field, record) ?? fieldUi(field).cell({ value, field, model, record, full: true })}</>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pencil does the same by keyboard
    <span className={css.value} onDoubleClick={() => setEditing(true)}>
      {!empty && <span className={css.shown}>{fieldUi(field).cell({ value, field, model, record, full: true })}</span>}
      <button
        type="button"
        className={empty ? css.add : css.edit}
        aria-label={empty ? t`Add ${field.label}` : t`Edit ${field.label}`}
        onClick={() => setEditing(true)}
      >
        {empty ? t`Add` : <IconPencil size={13} />}
      </button>
    </span>
  )
}
