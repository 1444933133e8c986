import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '../../api/client'
import type { Field } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { type Session, sessionQuery } from '../../api/session'
import { fieldUi } from '../../fields'
import { showToast } from '../../kit/toast'
import { FormField } from '../../objects/edit/FormField'
import { problemText } from '../../objects/problem'
import css from './settings.module.css'
import { changeWorkspace, type WorkspaceSettings, workspaceQuery } from './workspaceApi'

/** Sends what was changed, and nothing else; a refusal stands at its field. */
export function WorkspaceForm({ saved, fields }: { saved: WorkspaceSettings; fields: Field[] }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const model = useModel()
  const before: Record<string, unknown> = { ...saved }
  const [changed, setChanged] = useState<Record<string, unknown>>({})
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const faultOf = (name: string) => (problem instanceof Problem ? problem.field(name) : undefined)
  const isChanged = fields.some(({ name }) => name in changed && changed[name] !== before[name])

  async function save(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const next = await changeWorkspace(changed)
      client.setQueryData(workspaceQuery.queryKey, next)
      setChanged({})
      const { name, currency, language, time_zone } = next
      client.setQueryData<Session>(
        sessionQuery.queryKey,
        (session) =>
          session && { ...session, workspace: { ...session.workspace, name, currency, language, time_zone } },
      )
      showToast({ message: t`Saved` })
      await client.invalidateQueries({
        predicate: ({ queryKey }) => !['session', 'workspace'].includes(String(queryKey[0])),
      })
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      className={`${css.form} ${css.narrow}`}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {fields.map((field) =>
        field.writable ? (
          <FormField
            key={field.name}
            field={field}
            object="workspace"
            value={field.name in changed ? changed[field.name] : before[field.name]}
            fault={faultOf(field.name)}
            onChange={(value) => setChanged((all) => ({ ...all, [field.name]: value }))}
          />
        ) : (
          <dl key={field.name} className={css.fixed}>
            <dt>{field.label}</dt>
            <dd>{fieldUi(field).text({ value: before[field.name], field, model })}</dd>
            <dd className="dim">{field.help}</dd>
          </dl>
        ),
      )}
      {problem !== null && !fields.some((field) => faultOf(field.name)) && (
        <p className={css.fault} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div className={css.buttons}>
        <Button type="submit" loading={busy} disabled={!isChanged}>
          {t`Save`}
        </Button>
      </div>
    </form>
  )
}
