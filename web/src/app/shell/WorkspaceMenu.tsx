import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { IconChevronDown, IconSettings, IconUpload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { MenuButton } from '../../kit/opens'
import css from './shell.module.css'
import { WorkspaceName } from './WorkspaceName'

export function WorkspaceMenu() {
  const { t } = useLingui()
  const navigate = useNavigate()
  return (
    <MenuButton
      width={220}
      target={
        <button type="button" className={css.workspace}>
          <WorkspaceName />
          <IconChevronDown size={14} aria-hidden />
        </button>
      }
    >
      <Menu.Item leftSection={<IconSettings size={15} />} onClick={() => void navigate({ to: '/settings' })}>
        {t`Settings`}
      </Menu.Item>
      <Menu.Item leftSection={<IconUpload size={15} />} onClick={() => void navigate({ to: '/import' })}>
        {t`Import from a file`}
      </Menu.Item>
    </MenuButton>
  )
}
