import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { refresh } from '../../api/records'
import { Dialog } from '../../kit/Dialog'
import { type Invitation, makeLink } from './invitations'
import { LinkBox } from './LinkBox'
import { RecordForm } from './RecordForm'

interface Props {
  users: ObjectModel
  roles: RecordData[]
  onClose: () => void
}

/** Who comes, with which role, into which team; then the link to send. */
export function InviteDialog({ users, roles, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [made, setMade] = useState<{ invitation: Invitation; name: string }>()
  const usual = roles.find((role) => role.name === 'representative') ?? roles[0]

  async function save(values: Record<string, unknown>): Promise<void> {
    const invitation = await makeLink(values)
    refresh(client, users.name)
    setMade({ invitation, name: String(values.name ?? '') })
  }

  return (
    <Dialog title={made ? t`Invitation for ${made.name}` : t`Invite a colleague`} onClose={onClose}>
      {made ? (
        <LinkBox invitation={made.invitation} name={made.name} onClose={onClose} />
      ) : (
        <RecordForm
          object={users}
          fields={['name', 'email', 'roles', 'team']}
          start={usual ? { roles: [{ id: usual.id, title: String(usual.label ?? '') }] } : {}}
          submit={t`Make the invitation`}
          onSave={save}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}
