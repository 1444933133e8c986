import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Loading } from '../../kit/Loading'
import { problemText } from '../../objects/problem'
import { SettingsFrame } from './SettingsFrame'
import css from './settings.module.css'
import { useWorkspaceFields } from './useWorkspaceFields'
import { WorkspaceChanges } from './WorkspaceChanges'
import { WorkspaceForm } from './WorkspaceForm'
import { workspaceQuery } from './workspaceApi'

/** Name, language, currency, country and zone of the workspace, as the first run asked for them. */
export function WorkspacePage() {
  const { t } = useLingui()
  const { data, error } = useQuery(workspaceQuery)
  const fields = useWorkspaceFields(data)
  return (
    <SettingsFrame
      title={t`Workspace`}
      lead={t`What holds for everybody here. Language and time zone of one’s own are each person’s choice.`}
    >
      {error && (
        <p className={css.fault} role="alert">
          {problemText(error)}
        </p>
      )}
      {!data && !error && <Loading />}
      {data && <WorkspaceForm saved={data} fields={fields} />}
      {data && data.changes.length > 0 && <WorkspaceChanges changes={data.changes} fields={fields} />}
    </SettingsFrame>
  )
}
