import { useLingui } from '@lingui/react/macro'
import { IconCopy, IconPencil, IconTrash } from '@tabler/icons-react'
import type { ObjectModel, RecordData } from '../../api/model'
import { RowMenu } from './RowMenu'

export type RoleAsk = { what: 'new'; of?: RecordData } | { what: 'edit'; role: RecordData }

interface Props {
  roles: ObjectModel
  role: RecordData
  onAsk: (ask: RoleAsk) => void
  onRemove: () => void
}

/** What may be done with one role. */
export function RoleMenu({ roles, role, onAsk, onRemove }: Props) {
  const { t } = useLingui()
  return (
    <RowMenu
      name={String(role.label ?? '')}
      actions={[
        roles.access.update && {
          label: t`Edit`,
          icon: <IconPencil size={15} />,
          run: () => onAsk({ what: 'edit', role }),
        },
        roles.access.create &&
          role.name !== 'administrator' && {
            label: t`New role from this one`,
            icon: <IconCopy size={15} />,
            run: () => onAsk({ what: 'new', of: role }),
          },
        roles.access.delete &&
          role.built_in !== true && {
            label: t`Delete`,
            icon: <IconTrash size={15} />,
            danger: true,
            run: onRemove,
          },
      ]}
    />
  )
}
