import { t } from '@lingui/core/macro'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import type { ModelIndex } from '../../api/ModelIndex'
import { fieldUi } from '../../fields'
import { TitleCell } from './TitleCell'

/** What stands in one cell. A field out of reach is said to be so, not left as a hole. */
export function cellOf(model: ModelIndex, object: ObjectModel, field: Field, record: RecordData) {
  if (field.name === object.title) return <TitleCell object={object} record={record} />
  if (record.hidden?.includes(field.name)) return <span className="dim">{t`No access`}</span>
  return fieldUi(field).cell({ value: record[field.name], field, model, record })
}
