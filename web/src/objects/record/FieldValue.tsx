import { useLingui } from '@lingui/react/macro'
import { IconPencil } from '@tabler/icons-react'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { isEmpty } from '../../fields/ui'
import { LazyInlineEditor } from '../edit/LazyInlineEditor'
import { useParts } from '../Parts'
import css from './record.module.css'
import { useFieldEdit } from './useFieldEdit'

interface Props {
  object: ObjectModel
  record: RecordData
  field: Field
  /** Told when editing begins, and when it is over and saved: a page keeps the field in its place meanwhile. */
  onEditing?: (on: boolean) => void
}

/** The value of one field, edited in place: double click, or Enter on its pencil. */
export function FieldValue({ object, record, field, onEditing }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const parts = useParts()
  const edit = useFieldEdit(object, record, field, onEditing)
  const value = record[field.name]

  if (edit.editing) {
    return (
      <LazyInlineEditor
        object={object}
        record={record}
        field={field}
        start={edit.refused}
        onCommit={(next, version) => void edit.commit(next, version)}
        onCancel={edit.cancel}
      />
    )
  }
  if (record.hidden?.includes(field.name)) return <span className="dim">{t`No access`}</span>
  const empty = isEmpty(value)
  if (!edit.editable)
    return empty ? (
      <span className="dim">—</span>
    ) : (
      <>{parts.cell?.(field, record) ?? fieldUi(field).cell({ value, field, model, record, full: true })}</>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pencil does the same by keyboard
    <span className={css.value} onDoubleClick={edit.start}>
      {!empty && <span className={css.shown}>{fieldUi(field).cell({ value, field, model, record, full: true })}</span>}
      <button
        ref={edit.pencil}
        type="button"
        data-pencil={field.name}
        className={empty ? css.add : css.edit}
        aria-label={empty ? t`Add ${field.label}` : t`Edit ${field.label}`}
        onClick={edit.start}
      >
        {empty ? t`Add` : <IconPencil size={13} />}
      </button>
    </span>
  )
}
