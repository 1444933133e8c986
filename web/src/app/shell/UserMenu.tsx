import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { IconCheck, IconLogout, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Session, savePreferences, sessionQuery, signOut } from '../../api/session'
import { forgetAhead } from '../../api/ahead'
import { forgetModel } from '../../api/modelCache'
import { forgetLists } from '../../api/useKeptList'
import { useModel, useSession } from '../../api/ModelContext'
import { MenuButton } from '../../kit/opens'
import { Monogram } from '../../kit/Monogram'
import { showProblem } from '../../objects/problem'
import css from './shell.module.css'

export function UserMenu() {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { user } = useSession()
  const users = useModel().object('user')
  const singleKeys = user.preferences?.single_keys !== false

  async function leave(): Promise<void> {
    await signOut()
    forgetModel()
    forgetAhead()
    forgetLists()
    client.clear()
    await navigate({ to: '/sign-in', search: {} })
  }

  async function toggleKeys(): Promise<void> {
    const preferences = { ...user.preferences, single_keys: !singleKeys }
    await savePreferences({ preferences })
    client.setQueryData<Session>(
      sessionQuery.queryKey,
      (session) => session && { ...session, user: { ...session.user, preferences } },
    )
  }

  return (
    <MenuButton
      position="top-start"
      width={230}
      target={
        <button type="button" className={css.user} aria-label={t`Account of ${user.name}`}>
          <Monogram name={user.name} person size="medium" />
        </button>
      }
    >
      <Menu.Label>
        {user.name}
        <br />
        {user.email}
      </Menu.Label>
      {users && (
        <Menu.Item
          leftSection={<IconUser size={15} />}
          onClick={() => void navigate({ to: '/o/$path/$id', params: { path: users.path, id: user.id } })}
        >
          {t`My profile`}
        </Menu.Item>
      )}
      <Menu.CheckboxItem
        value="single-keys"
        checked={singleKeys}
        checkIcon={<IconCheck size={14} />}
        onChange={() => void toggleKeys().catch(showProblem)}
      >
        {t`Single-key shortcuts`}
      </Menu.CheckboxItem>
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => leave().catch(showProblem)}>
        {t`Sign out`}
      </Menu.Item>
    </MenuButton>
  )
}
