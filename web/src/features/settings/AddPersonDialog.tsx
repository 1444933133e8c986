import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { refresh, updateRecord } from '../../api/records'
import { linked } from '../../fields/link'
import { Dialog } from '../../kit/Dialog'
import { FormField } from '../../objects/edit/FormField'
import { problemText } from '../../objects/problem'
import { useUndo } from '../../objects/useUndo'
import css from './settings.module.css'

/** Makes a team the primary one of somebody. */
export function AddPersonDialog({
  users,
  team,
  onClose,
}: {
  users: ObjectModel
  team: RecordData
  onClose: () => void
}) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const field = useModel().field('team_member', 'user')
  const [person, setPerson] = useState<unknown>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const name = String(team.name ?? '')
  const chosen = linked(person)
  if (!field) return null

  async function save(): Promise<void> {
    if (!chosen) return
    try {
      const values = { team: team.id }
      const answer = await updateRecord(client, { object: users, id: chosen.id, values, shown: {} })
      refresh(client, 'user', chosen.id)
      onClose()
      const who = chosen.title ?? ''
      tellDone(t`${who} is in ${name} now`, [answer.correlation], t`${who} is in ${name} now`)
    } catch (error) {
      setProblem(error)
    }
  }

  return (
    <Dialog title={t`Put somebody into ${name}`} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p
          className={css.text}
        >{t`What this person makes from now on belongs to this team; earlier work stays where it is.`}</p>
        <FormField
          field={{ ...field, writable: true }}
          object="team_member"
          value={person}
          autoFocus
          onChange={setPerson}
        />
        {problem !== null && (
          <p className={css.fault} role="alert">
            {problemText(problem)}
          </p>
        )}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" disabled={!chosen}>
            {t`Save`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
