import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { MenuButton } from '../../kit/opens'
import css from './settings.module.css'

export interface RowAction {
  label: string
  icon: ReactNode
  danger?: boolean
  run: () => void
}

/** What may be done with one row. */
export function RowMenu({ name, actions }: { name: string; actions: (RowAction | false | undefined)[] }) {
  const { t } = useLingui()
  const shown = actions.filter((action) => action !== false && action !== undefined)
  if (shown.length === 0) return null
  return (
    <MenuButton
      position="bottom-end"
      target={
        <ActionIcon size={30} aria-label={t`Actions for ${name}`} className={css.more}>
          <IconDots size={17} />
        </ActionIcon>
      }
    >
      {shown.map((action) => (
        <Menu.Item
          key={action.label}
          leftSection={action.icon}
          color={action.danger ? 'red' : undefined}
          onClick={action.run}
        >
          {action.label}
        </Menu.Item>
      ))}
    </MenuButton>
  )
}
