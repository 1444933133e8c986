import { useLingui } from '@lingui/react/macro'
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconHelp, IconMoon, IconSun } from '@tabler/icons-react'
import { Bell } from '../../features/notifications/Bell'
import { LanguageMenu } from './LanguageMenu'
import css from './shell.module.css'
import { UserMenu } from './UserMenu'

export function NavFoot({ onHelp }: { onHelp: () => void }) {
  const { t } = useLingui()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const label = scheme === 'dark' ? t`Light colours` : t`Dark colours`
  return (
    <div className={css.foot}>
      <UserMenu />
      <span className="grow" />
      <Bell />
      <LanguageMenu />
      <ActionIcon aria-label={label} title={label} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
        {scheme === 'dark' ? <IconSun size={17} /> : <IconMoon size={17} />}
      </ActionIcon>
      <ActionIcon aria-label={t`Help and shortcuts`} onClick={onHelp}>
        <IconHelp size={17} />
      </ActionIcon>
    </div>
  )
}
