import { useLingui } from '@lingui/react/macro'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { deleteRecord, refresh } from '../../api/records'
import { linked } from '../../fields/link'
import { HeadAction } from '../../kit/HeadAction'
import { Loading } from '../../kit/Loading'
import { showProblem } from '../../objects/problem'
import { Trouble } from '../../objects/Trouble'
import { useUndo } from '../../objects/useUndo'
import { AddPersonDialog } from './AddPersonDialog'
import { FormDialog } from './FormDialog'
import { SettingsFrame } from './SettingsFrame'
import css from './settings.module.css'
import { TeamRow } from './TeamRow'
import { tree } from './tree'

const fields = ['name', 'parent', 'lead', 'territory']
type Ask = { what: 'new'; parent?: RecordData } | { what: 'edit' | 'person'; team: RecordData }

/** Teams and the teams below them; who leads, who is in. A manager sees the work of all below his own. */
export function TeamsPage() {
  const { t } = useLingui()
  const model = useModel()
  const client = useQueryClient()
  const tellDone = useUndo()
  const teams = model.object('team')
  const users = model.object('user')
  const found = useQuery(
    shortListQuery('team', teams?.path ?? '', { sort: 'name', limit: 500, expand: 'parent,lead' }, Boolean(teams)),
  )
  const people = useQuery(
    shortListQuery(
      'user',
      users?.path ?? '',
      { sort: 'name', limit: 500, expand: 'team', filter: 'status != "deactivated"' },
      Boolean(users),
    ),
  )
  const [ask, setAsk] = useState<Ask | null>(null)
  if (!teams || !users) return null
  const mayChange = teams.access.update

  async function remove(team: RecordData): Promise<void> {
    if (!teams) return
    try {
      const answer = await deleteRecord(teams, team.id)
      refresh(client, 'team')
      tellDone(t`${String(team.name)} deleted`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  return (
    <SettingsFrame
      title={teams.label_plural}
      lead={t`Who works together. A manager sees the work of the own team and of all teams below it.`}
      actions={
        teams.access.create && (
          <HeadAction
            primary
            icon={<IconPlus size={16} />}
            label={t`New team`}
            onClick={() => setAsk({ what: 'new' })}
          />
        )
      }
    >
      <Trouble of={[found, people]} />
      {found.isPending && <Loading />}
      <ul className={css.rows}>
        {tree(found.data?.items ?? []).map(({ team, depth }) => (
          <TeamRow
            key={team.id}
            team={team}
            depth={depth}
            people={(people.data?.items ?? []).filter((person) => linked(person.team)?.id === team.id)}
            mayChange={mayChange}
            onEdit={() => setAsk({ what: 'edit', team })}
            onAdd={() => setAsk({ what: 'new', parent: team })}
            onPerson={() => setAsk({ what: 'person', team })}
            onRemove={() => void remove(team)}
          />
        ))}
      </ul>
      {found.data?.items.length === 0 && <p className={css.text}>{t`There are no teams yet.`}</p>}
      {ask?.what === 'new' && (
        <FormDialog
          object={teams}
          fields={fields}
          title={t`New team`}
          start={ask.parent ? { parent: { id: ask.parent.id, title: String(ask.parent.name ?? '') } } : {}}
          onClose={() => setAsk(null)}
        />
      )}
      {ask?.what === 'edit' && (
        <FormDialog
          object={teams}
          fields={fields}
          title={String(ask.team.name ?? '')}
          record={ask.team}
          onClose={() => setAsk(null)}
        />
      )}
      {ask?.what === 'person' && <AddPersonDialog users={users} team={ask.team} onClose={() => setAsk(null)} />}
    </SettingsFrame>
  )
}
