import { useLingui } from '@lingui/react/macro'
import type { Field } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import * as format from '../../kit/format'
import css from './settings.module.css'
import type { WorkspaceSettings } from './workspaceApi'

/** Who changed what of the workspace, and when. */
export function WorkspaceChanges({ changes, fields }: { changes: WorkspaceSettings['changes']; fields: Field[] }) {
  const { t } = useLingui()
  const model = useModel()
  return (
    <section aria-label={t`Changes`}>
      <h2 className={css.heading}>{t`Changes`}</h2>
      <ul className={css.rows}>
        {changes.map(({ at, by, changes: values }) => (
          <li key={at} className={css.change}>
            {fields
              .filter(({ name }) => values[name])
              .map((field) => {
                const [before, after] = (values[field.name] ?? []).map((value) =>
                  value ? fieldUi(field).text({ value, field, model }) : t`empty`,
                )
                return <span key={field.name}>{`${field.label}: ${before} → ${after}`}</span>
              })}
            <span className="dim">{[by, format.instant(at)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
