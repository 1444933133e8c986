import { useLingui } from '@lingui/react/macro'
import { IconPencil } from '@tabler/icons-react'
import type { ObjectModel, RecordData } from '../../api/model'
import { LazyInlineEditor } from '../edit/LazyInlineEditor'
import { titleOf } from '../list/TitleCell'
import css from './record.module.css'
import { useFieldEdit } from './useFieldEdit'

/** The name of a record, changed where it stands unless it follows from other fields. */
export function Title({ object, record }: { object: ObjectModel; record: RecordData }) {
  const { t } = useLingui()
  const field = object.fields.find((candidate) => candidate.name === object.title && candidate.type === 'text')
  const edit = useFieldEdit(object, record, field)
  if (field && edit.editing) {
    return (
      <div className={css.titleEditor}>
        <LazyInlineEditor
          object={object}
          record={record}
          field={field}
          start={edit.refused}
          onCommit={(next, version) => void edit.commit(next, version)}
          onCancel={edit.cancel}
        />
      </div>
    )
  }
  return (
    <div className={css.titleRow}>
      <h1 className={css.title} onDoubleClick={edit.editable ? edit.start : undefined}>
        {titleOf(object, record)}
      </h1>
      {field && edit.editable && (
        <button
          ref={edit.pencil}
          type="button"
          className={css.edit}
          aria-label={t`Edit ${field.label}`}
          onClick={edit.start}
        >
          <IconPencil size={14} />
        </button>
      )}
    </div>
  )
}
