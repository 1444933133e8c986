import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import type { ObjectModel, RecordData } from '../../api/model'
import { refresh, updateRecord } from '../../api/records'
import { Dialog } from '../../kit/Dialog'
import { useUndo } from '../../objects/useUndo'
import { RecordForm } from './RecordForm'

/** Another role, another team: true for all open sessions at once. */
export function EditDialog({
  users,
  person,
  onClose,
}: {
  users: ObjectModel
  person: RecordData
  onClose: () => void
}) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const name = String(person.name ?? '')

  async function save(values: Record<string, unknown>): Promise<void> {
    const answer = await updateRecord(client, {
      object: users,
      id: person.id,
      values,
      shown: {},
      version: person.version,
    })
    refresh(client, users.name, person.id)
    onClose()
    tellDone(t`${name} updated`, [answer.correlation], t`${name} updated`)
  }

  return (
    <Dialog title={name} onClose={onClose}>
      <RecordForm
        object={users}
        fields={['name', 'email', 'roles', 'team', 'manager']}
        start={person}
        submit={t`Save`}
        onSave={save}
        onClose={onClose}
      />
    </Dialog>
  )
}
