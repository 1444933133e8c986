import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useModel } from '../../api/ModelContext'
import type { RecordData } from '../../api/model'
import { shortListQuery } from '../../api/queries'
import { refresh, updateRecord } from '../../api/records'
import { Fold } from '../../kit/Fold'
import { HeadAction } from '../../kit/HeadAction'
import { Loading } from '../../kit/Loading'
import { problemText, showProblem } from '../../objects/problem'
import { Trouble } from '../../objects/Trouble'
import { useUndo } from '../../objects/useUndo'
import css from './settings.module.css'
import { SettingsFrame } from './SettingsFrame'
import { EditDialog } from './EditDialog'
import { HandOverDialog } from './HandOverDialog'
import { InviteDialog } from './InviteDialog'
import { LinkDialog } from './LinkDialog'
import { type PersonAsk, PersonRow } from './PersonRow'

/** Everybody who signs in: invite, change role and team, give a new password. */
export function PeoplePage() {
  const { t } = useLingui()
  const model = useModel()
  const client = useQueryClient()
  const tellDone = useUndo()
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

  async function activate(person: RecordData): Promise<void> {
    if (!users) return
    try {
      const values = { status: 'active' }
      const answer = await updateRecord(client, { object: users, id: person.id, values, shown: {} })
      refresh(client, users.name, person.id)
      tellDone(t`${String(person.name)} may sign in again`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  const wanted = typed.trim().toLowerCase()
  const all = people.data?.items ?? []
  const found = all.filter((person) => `${person.name} ${person.email}`.toLowerCase().includes(wanted))
  const present = found.filter((person) => person.status !== 'deactivated')
  const gone = found.filter((person) => person.status === 'deactivated')
  const rows = (list: RecordData[]) =>
    list.map((person) => (
      <PersonRow key={person.id} users={users} person={person} onAsk={setAsk} onReturn={(one) => void activate(one)} />
    ))
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
      <Trouble of={[people, roles]} />
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
      {ask?.what === 'leave' && (
        <HandOverDialog
          users={users}
          person={ask.person}
          colleagues={all.filter((one) => one.status === 'active' && one.id !== ask.person.id)}
          onClose={() => setAsk(null)}
        />
      )}
    </SettingsFrame>
  )
}
