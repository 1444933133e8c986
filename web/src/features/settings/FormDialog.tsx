import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import type { Answer } from '../../api/client'
import type { ObjectModel, RecordData } from '../../api/model'
import { createRecord, refresh, updateRecord } from '../../api/records'
import { Dialog } from '../../kit/Dialog'
import { useUndo } from '../../objects/useUndo'
import { RecordForm } from './RecordForm'

interface Props {
  object: ObjectModel
  fields: string[]
  title: string
  /** One that is changed; without it a new one is made. */
  record?: RecordData
  start?: Record<string, unknown>
  /** Sent along with what is asked for. */
  also?: Record<string, unknown>
  onClose: () => void
}

/** Makes or changes one record by a few of its fields, and offers to take it back. */
export function FormDialog({ object, fields, title, record, start, also, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()

  async function save(values: Record<string, unknown>): Promise<void> {
    const answer: Answer<RecordData> = record
      ? await updateRecord(client, { object, id: record.id, values, shown: {}, version: record.version })
      : await createRecord(object, { ...filled(values), ...also })
    refresh(client, object.name, record?.id)
    const name = String(answer.data[object.title] ?? object.label)
    onClose()
    const told = record ? t`${name} updated` : t`${name} created`
    tellDone(told, [answer.correlation], told)
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <RecordForm
        object={object}
        fields={fields}
        start={record ?? start ?? {}}
        submit={record ? t`Save` : t`Create`}
        onSave={save}
        onClose={onClose}
      />
    </Dialog>
  )
}

function filled(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))
}
