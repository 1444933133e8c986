import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { ask } from '../../api/client'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { refresh } from '../../api/records'
import { Dialog } from '../../kit/Dialog'
import { useUndo } from '../../objects/useUndo'
import { RecordForm } from './RecordForm'

interface Props {
  object: ObjectModel
  roles: RecordData[]
  /** The one whose rights are proposed. */
  of?: RecordData
  onMade: (code: string) => void
  onClose: () => void
}

/** A new role: its name, and which one's rights it begins with. */
export function NewRoleDialog({ object, roles, of, onMade, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const copied: Field = {
    name: 'copy_of',
    label: t`Begins with the rights of`,
    help: t`Left empty, it may see and do nothing until you say so.`,
    type: 'choice',
    writable: true,
    options: roles
      .filter((role) => role.name !== 'administrator')
      .map((role) => ({ code: String(role.name), label: String(role.label) })),
  }

  async function save(values: Record<string, unknown>): Promise<void> {
    const sent = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))
    const { data, correlation } = await ask<RecordData>('POST', '/model/roles', { body: sent })
    refresh(client, object.name)
    await client.invalidateQueries({ queryKey: ['short', object.name] })
    await client.invalidateQueries({ queryKey: ['rights'] })
    onClose()
    onMade(String(data.name))
    const told = t`${String(data.label)} created`
    tellDone(told, [correlation], told)
  }

  return (
    <Dialog title={t`New role`} onClose={onClose}>
      <RecordForm
        object={{ ...object, fields: [...object.fields, copied] }}
        fields={['label', 'description', 'copy_of']}
        start={of ? { copy_of: of.name } : {}}
        submit={t`Create`}
        onSave={save}
        onClose={onClose}
      />
    </Dialog>
  )
}
