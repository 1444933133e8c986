import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import { IconCheck, IconLanguage } from '@tabler/icons-react'
import { languages } from '../../kit/i18n'
import { MenuButton } from '../../kit/opens'
import { useLanguage } from './useLanguage'

export function LanguageMenu() {
  const { t, i18n } = useLingui()
  const change = useLanguage()
  return (
    <MenuButton
      position="top-end"
      target={
        <ActionIcon aria-label={t`Language`}>
          <IconLanguage size={17} />
        </ActionIcon>
      }
    >
      {languages.map(({ code, name }) => (
        <Menu.RadioItem
          key={code}
          value={code}
          lang={code}
          checked={code === i18n.locale}
          checkIcon={<IconCheck size={14} />}
          closeMenuOnClick
          onChange={() => change(code)}
        >
          {name}
        </Menu.RadioItem>
      ))}
    </MenuButton>
  )
}
