import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { RecordData } from '../../api/model'
import { useModel, useSession } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { deleteRecord, refresh } from '../../api/records'
import { linkedList } from '../../fields/link'
import { HeadAction } from '../../kit/HeadAction'
import { Loading } from '../../kit/Loading'
import { showProblem } from '../../objects/problem'
import { Trouble } from '../../objects/Trouble'
import { useUndo } from '../../objects/useUndo'
import { FormDialog } from './FormDialog'
import { NewRoleDialog } from './NewRoleDialog'
import { type RoleAsk, RoleMenu } from './RoleMenu'
import { RolePage } from './RolePage'
import { SettingsFrame } from './SettingsFrame'
import css from './settings.module.css'

/** What each role may see and do, and who holds it: make, change and delete roles. */
export function RolesPage() {
  const { t } = useLingui()
  const model = useModel()
  const client = useQueryClient()
  const navigate = useNavigate()
  const tellDone = useUndo()
  const administrator = useSession().user.roles.includes('administrator')
  const { role: wanted } = useSearch({ from: '/workspace/settings/$page' })
  const roles = model.object('role')
  const users = model.object('user')
  const found = useQuery(shortListQuery('role', roles?.path ?? '', { sort: 'created_at', limit: 500 }, Boolean(roles)))
  const people = useQuery(
    shortListQuery('user', users?.path ?? '', { limit: 500, expand: 'roles', sort: 'name' }, Boolean(users)),
  )
  const [ask, setAsk] = useState<RoleAsk | null>(null)
  if (!roles) return null
  const builtIn = model.field('role', 'built_in')?.label
  const all = found.data?.items ?? []
  const holders = (role: RecordData) =>
    (people.data?.items ?? []).filter((person) => linkedList(person.roles).some((held) => held.id === role.id))

  async function remove(role: RecordData): Promise<void> {
    if (!roles) return
    try {
      const answer = await deleteRecord(roles, role.id)
      refresh(client, 'role')
      if (wanted) void navigate({ to: '/settings/$page', params: { page: 'roles' }, search: {} })
      tellDone(t`${String(role.label)} deleted`, [answer.correlation], t`${String(role.label)} deleted`)
    } catch (error) {
      showProblem(error)
    }
  }

  const menu = (role: RecordData) => (
    <RoleMenu roles={roles} role={role} onAsk={setAsk} onRemove={() => void remove(role)} />
  )
  const opened = administrator ? all.find((role) => role.name === wanted) : undefined
  return (
    <>
      {opened ? (
        <RolePage role={opened} holders={holders(opened)} menu={menu(opened)} />
      ) : (
        <SettingsFrame
          title={roles.label_plural}
          lead={t`A role says what its holders may see and do. Who holds several may do what any of them allows.`}
          actions={
            administrator && (
              <HeadAction
                primary
                icon={<IconPlus size={16} />}
                label={t`New role`}
                onClick={() => setAsk({ what: 'new' })}
              />
            )
          }
        >
          <Trouble of={[found, people]} />
          {found.isPending && <Loading />}
          <ul className={css.rows}>
            {all.map((role) => {
              const label = String(role.label ?? '')
              const count = holders(role).length
              return (
                <li key={role.id} className={css.role}>
                  <span className={css.who}>
                    {administrator ? (
                      <Link
                        to="/settings/$page"
                        params={{ page: 'roles' }}
                        search={{ role: String(role.name) }}
                        className={`${css.name} ${css.toRole}`}
                      >
                        {label}
                      </Link>
                    ) : (
                      <span className={css.name}>{label}</span>
                    )}
                    <span className={css.about}>
                      {typeof role.description === 'string' ? role.description : role.built_in === true && builtIn}
                    </span>
                  </span>
                  <span className={css.about}>
                    {people.data && (count === 0 ? t`Nobody` : plural(count, { one: '# person', other: '# people' }))}
                  </span>
                  {menu(role)}
                </li>
              )
            })}
          </ul>
        </SettingsFrame>
      )}
      {ask?.what === 'new' && (
        <NewRoleDialog
          object={roles}
          roles={all}
          {...(ask.of ? { of: ask.of } : {})}
          onMade={(code) => void navigate({ to: '/settings/$page', params: { page: 'roles' }, search: { role: code } })}
          onClose={() => setAsk(null)}
        />
      )}
      {ask?.what === 'edit' && (
        <FormDialog
          object={roles}
          fields={ask.role.name === 'administrator' ? ['label', 'description'] : ['label', 'description', 'manages']}
          title={String(ask.role.label ?? '')}
          record={ask.role}
          onClose={() => setAsk(null)}
        />
      )}
    </>
  )
}
