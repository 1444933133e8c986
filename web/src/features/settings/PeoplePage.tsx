import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useModel } from '../../api/ModelContext'
import type { RecordData } from '../../api/model'
import { shortListQuery } from '../../api/queries'
import { Fold } from '../../kit/Fold'
import { HeadAction } from '../../kit/HeadAction'
import { Loading } from '../../kit/Loading'
import { problemText } from '../../objects/problem'
import css from './settings.module.css'
import { SettingsFrame } from './SettingsFrame'
import { EditDialog } from './EditDialog'
import { InviteDialog } from './InviteDialog'
import { LinkDialog } from './LinkDialog'
import { type PersonAsk, PersonRow } from './PersonRow'

/** Everybody who signs in: invite, change role and team, give a new password. */
export function PeoplePage() {
  const { t } = useLingui()
  const model = useModel()
  const users = model.object('user')
  const roleObject = model.object('role')
  const people = useQuery(
    shortListQuery(
      'user',
      users?.path ?? '',
      { sort: 'name', limit: 500, expand: 'roles,team,manager' },
      Boolean(users),
    ),
  )
  const roles = useQuery(shortListQuery('role', roleObject?.path ?? '', { sort: 'label' }, Boolean(roleObject)))
  const [typed, setTyped] = useState('')
  const [inviting, setInviting] = useState(false)
  const [ask, setAsk] = useState<PersonAsk | null>(null)
  if (!users) return null

  const wanted = typed.trim().toLowerCase()
  const found = (people.data?.items ?? []).filter((person) =>
    `${person.name} ${person.email}`.toLowerCase().includes(wanted),
  )
  const present = found.filter((person) => person.status !== 'deactivated')
  const gone = found.filter((person) => person.status === 'deactivated')
  const rows = (list: RecordData[]) =>
    list.map((person) => <PersonRow key={person.id} users={users} person={person} onAsk={setAsk} />)
  return (
    <SettingsFrame
      title={users.label_plural}
      lead={t`Everybody who signs in here, with the role that says what they may do and the team whose work they see.`}
      actions={
        users.access.create && (
          <HeadAction
            primary
            icon={<IconUserPlus size={16} />}
            label={t`Invite a colleague`}
            onClick={() => setInviting(true)}
          />
        )
      }
    >
      <TextInput
        aria-label={t`Find a person`}
        placeholder={t`Find a person`}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        className={css.find}
      />
      {people.isPending && <Loading />}
      {people.error && (
        <p className={css.fault} role="alert">
          {problemText(people.error)}
        </p>
      )}
      <ul className={css.rows}>{rows(present)}</ul>
      {people.data && found.length === 0 && <p className={css.text}>{t`Nobody is called so.`}</p>}
      {gone.length > 0 && (
        <Fold label={t`Deactivated (${gone.length})`}>
          <ul className={css.rows}>{rows(gone)}</ul>
        </Fold>
      )}
      {inviting && <InviteDialog users={users} roles={roles.data?.items ?? []} onClose={() => setInviting(false)} />}
      {ask?.what === 'link' && <LinkDialog person={ask.person} onClose={() => setAsk(null)} />}
      {ask?.what === 'edit' && <EditDialog users={users} person={ask.person} onClose={() => setAsk(null)} />}
    </SettingsFrame>
  )
}
